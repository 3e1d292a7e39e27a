package main

import (
	"errors"
	"syscall"
	"time"
)

// Chromium's helpers end a little after Chromium itself and then need somebody
// to take note of it, which in a container nobody may do.

// adopt makes this program the parent of every process that those it starts
// leave behind. https://man7.org/linux/man-pages/man2/PR_SET_CHILD_SUBREAPER.2const.html
func adopt() {
	const setChildSubreaper = 36
	// An old kernel that knows no such thing leaves them to init.
	_, _, _ = syscall.RawSyscall(syscall.SYS_PRCTL, setChildSubreaper, 1, 0)
}

// bury waits for the end of all of them.
func bury() error {
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); {
		pid, err := syscall.Wait4(-1, nil, syscall.WNOHANG, nil)
		switch {
		case errors.Is(err, syscall.ECHILD):
			return nil
		case pid == 0:
			time.Sleep(10 * time.Millisecond)
		}
	}
	return errors.New("a process of Chromium is still running")
}
