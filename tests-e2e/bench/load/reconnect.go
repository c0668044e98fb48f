package main

import (
	"fmt"
	"math/rand/v2"
	"time"
)

const reconnectTimeout = 2 * time.Minute

// reconnect drops all clients at once, lets one message for each room be committed meanwhile, and waits until all are back and have it.
func reconnect(c *crowd, d *chat, server string) (result, error) {
	c.redial = time.Second
	if err := c.connect(c.sockets, connectTogether, connectTimeout); err != nil {
		return result{}, err
	}
	// One message that all have, so that all know where they are.
	for room := range d.setup.rooms {
		if err := d.setup.post(room, c.now()); err != nil {
			return result{}, err
		}
	}
	if err := c.await(int64(len(c.sockets)), reconnectTimeout); err != nil {
		return result{}, err
	}
	for _, s := range c.sockets {
		c.loop.abandon(s)
	}
	for room := range d.setup.rooms {
		if err := d.setup.post(room, c.now()); err != nil {
			return result{}, err
		}
	}
	d.resume = true
	c.connected = 0
	begin := c.now()
	// Each client comes back by itself within a second, and again after a refusal: see redial.
	back := make([]time.Duration, len(c.sockets))
	for i := range back {
		back[i] = begin + rand.N(time.Second)
	}
	for c.deliveries < 2*int64(len(c.sockets)) {
		now := c.now()
		for i, at := range back {
			if at > 0 && at <= now {
				back[i] = 0
				if err := c.dial(c.sockets[i]); err != nil {
					return result{}, err
				}
			}
		}
		if err := c.loop.turn(5 * time.Millisecond); err != nil {
			return result{}, err
		}
		for _, s := range c.waiting {
			back[s.member] = c.now() + c.redial/2 + rand.N(c.redial)
		}
		c.waiting = c.waiting[:0]
		if c.now()-begin > reconnectTimeout {
			return result{}, fmt.Errorf("only %d of %d clients have caught up after %s (%d connected, %d refusals)",
				c.deliveries-int64(len(c.sockets)), len(c.sockets), reconnectTimeout, c.connected, c.refusals)
		}
	}
	return result{Workload: "reconnect", Server: server, Clients: len(c.sockets), Seconds: (c.now() - begin).Seconds()}, nil
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
