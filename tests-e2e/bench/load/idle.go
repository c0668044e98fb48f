package main

import (
	"fmt"
	"os"
	"os/exec"
	"time"
)

// idle connects all and measures what the server's memory grows by.
func idle(c *crowd, pid int, settle string, server string) (result, error) {
	before, err := settled(pid, settle)
	if err != nil {
		return result{}, err
	}
	c.redial = time.Second
	if err := c.connect(c.sockets, connectTogether, 2*connectTimeout); err != nil {
		return result{}, err
	}
	for begin := c.now(); c.now()-begin < 5*time.Second; {
		if err := c.loop.turn(100 * time.Millisecond); err != nil {
			return result{}, err
		}
	}
	after, err := settled(pid, settle)
	if err != nil {
		return result{}, err
	}
	fmt.Fprintf(os.Stderr, "%d MiB before, %d MiB with %d clients\n", before>>20, after>>20, len(c.sockets))
	return result{
		Workload: "idle", Server: server, Clients: len(c.sockets),
		Bytes: float64(after-before) / float64(len(c.sockets)),
	}, nil
}

// settled is the resident memory after the given command, which makes the server give back what it does not need.
func settled(pid int, command string) (int64, error) {
	if command != "" {
		if out, err := exec.Command("bash", "-c", command).CombinedOutput(); err != nil {
			return 0, fmt.Errorf("%s: %w: %s", command, err, out)
		}
		time.Sleep(time.Second)
	}
	return resident(pid)
}
