interface Nothing {}
