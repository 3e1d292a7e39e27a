throw new Error("not shipped");
