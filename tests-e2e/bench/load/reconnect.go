package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"time"
)

const reconnectTimeout = 2 * time.Minute

// Drops before the one that is measured: a service that runs for weeks is, not the compiler of one that has just begun.
const rehearsals = 2

// reconnect drops all clients at once, lets one message for each room be committed meanwhile, and waits until all are back and have it.
func reconnect(c *crowd, d *chat, server string) (result, error) {
	c.redial = time.Second
	if err := c.connect(c.sockets, connectTogether, connectTimeout); err != nil {
		return result{}, err
	}
	// One message that all have, so that all know where they are.
	if err := postToAll(c, d); err != nil {
		return result{}, err
	}
	if err := c.await(int64(len(c.sockets)), reconnectTimeout); err != nil {
		return result{}, err
	}
	d.resume = true
	var took time.Duration
	for range rehearsals + 1 {
		var err error
		if took, err = drop(c, d); err != nil {
			return result{}, err
		}
		fmt.Fprintf(os.Stderr, "all are back after %.1f s\n", took.Seconds())
	}
	return result{Workload: "reconnect", Server: server, Clients: len(c.sockets), Seconds: took.Seconds()}, nil
}

func postToAll(c *crowd, d *chat) error {
	for room := range d.setup.rooms {
		if err := d.setup.post(room, c.now()); err != nil {
			return err
		}
	}
	return nil
}

// drop ends all connections, and returns how long it takes until each client has what was said meanwhile.
func drop(c *crowd, d *chat) (time.Duration, error) {
	for _, s := range c.sockets {
		c.loop.abandon(s)
	}
	if err := postToAll(c, d); err != nil {
		return 0, err
	}
	c.connected = 0
	goal := c.deliveries + int64(len(c.sockets))
	begin := c.now()
	// Each client comes back by itself within a second, and again after a refusal: see redial.
	back := make([]time.Duration, len(c.sockets))
	for i := range back {
		back[i] = begin + rand.N(time.Second)
	}
	for c.deliveries < goal {
		now := c.now()
		for i, at := range back {
			if at > 0 && at <= now {
				back[i] = 0
				if err := c.dial(c.sockets[i]); err != nil {
					return 0, err
				}
			}
		}
		if err := c.loop.turn(5 * time.Millisecond); err != nil {
			return 0, err
		}
		for _, s := range c.waiting {
			back[s.member] = c.now() + max(s.retryAfter, c.redial/2) + rand.N(c.redial)
			s.retryAfter = 0
		}
		c.waiting = c.waiting[:0]
		if c.now()-begin > reconnectTimeout {
			return 0, fmt.Errorf("only %d of %d clients have caught up after %s (%d connected, %d refusals)",
				c.deliveries+int64(len(c.sockets))-goal, len(c.sockets), reconnectTimeout, c.connected, c.refusals)
		}
	}
	return c.now() - begin, nil
}

// await waits for the given number of deliveries.
func (c *crowd) await(deliveries int64, timeout time.Duration) error {
	for begin := c.now(); c.deliveries < deliveries; {
		if err := c.loop.turn(20 * time.Millisecond); err != nil {
			return err
		}
		if c.now()-begin > timeout {
			return fmt.Errorf("%d deliveries in place of %d after %s", c.deliveries, deliveries, timeout)
		}
	}
	return nil
}
