package main

import (
	"bytes"
	"errors"
	"fmt"
	"time"
)

// crowd is all clients of a run, on one or more servers, and what they have seen.
type crowd struct {
	dialect   dialect
	addresses []string
	loop      *loop
	sockets   []*socket
	start     time.Time

	connected  int
	dialled    int
	waiting    []*socket // to dial again, in order
	deliveries int64
	acks       int64
	refusals   int64
	refusal    string // the last one
	lost       int64  // connections that the server ended

	measured       bool
	deliveryTimes  histogram
	ackTimes       histogram
	fromWindow     int64         // deliveries while measured
	acksFromWindow int64         // acknowledgements while measured
	redial         time.Duration // after a refused upgrade or a lost connection; 0 means that either is an error
}

// newCrowd makes members clients in rooms, as many in each; a member's room is member % rooms.
func newCrowd(dialect dialect, addresses []string, members, rooms int) (*crowd, error) {
	c := &crowd{dialect: dialect, addresses: addresses, start: time.Now()}
	loop, err := newLoop(c)
	if err != nil {
		return nil, err
	}
	c.loop = loop
	for member := range members {
		c.sockets = append(c.sockets, &socket{member: member, room: member % rooms})
	}
	return c, nil
}

func (c *crowd) now() time.Duration { return time.Since(c.start) }

// connect brings all up, at most the given number at a time.
func (c *crowd) connect(sockets []*socket, together int, timeout time.Duration) error {
	deadline := time.Now().Add(timeout)
	goal := c.connected + len(sockets)
	next := 0
	for c.connected < goal {
		for next < len(sockets) && next-(c.connected-(goal-len(sockets))) < together {
			if err := c.dial(sockets[next]); err != nil {
				return err
			}
			next++
		}
		if err := c.loop.turn(100 * time.Millisecond); err != nil {
			return err
		}
		if len(c.waiting) > 0 {
			// One for each turn, so that a server that refuses is not asked in a circle.
			again := c.waiting[0]
			c.waiting = c.waiting[1:]
			if err := c.dial(again); err != nil {
				return err
			}
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("only %d of %d clients are connected after %s", c.connected, goal, timeout)
		}
	}
	return nil
}

func (c *crowd) dial(s *socket) error {
	address := c.addresses[s.member/max(1, c.rooms())%len(c.addresses)]
	if err := c.loop.dial(s, address); err != nil {
		return err
	}
	return c.loop.send(s, c.dialect.greet(s, address))
}

func (c *crowd) rooms() int { return c.sockets[len(c.sockets)-1].room + 1 }

func (c *crowd) open(s *socket) bool { return c.loop.sockets[int32(s.fd)] == s }

func (c *crowd) received(s *socket, data []byte) error {
	rest, err := c.dialect.take(c, s, data)
	s.pending = append(s.pending[:0], rest...)
	return err
}

func (c *crowd) closed(s *socket) error {
	c.lost++
	if c.redial == 0 {
		return fmt.Errorf("the server ended the connection of member %d", s.member)
	}
	c.waiting = append(c.waiting, s)
	return nil
}

func (c *crowd) hungUp(s *socket, reason []byte) error {
	c.loop.abandon(s)
	if c.redial == 0 {
		return fmt.Errorf("the server closed the connection of member %d: %q", s.member, bytes.TrimSpace(reason))
	}
	return c.closed(s)
}

func (c *crowd) refused(s *socket, status int) error {
	c.loop.abandon(s)
	if c.redial == 0 {
		return fmt.Errorf("the server refused member %d with status %d", s.member, status)
	}
	c.refusals++
	c.waiting = append(c.waiting, s)
	return nil
}

func (c *crowd) joined(s *socket) {
	if !s.ready {
		s.ready = true
		c.connected++
	}
}

func (c *crowd) delivered(_ *socket, due time.Duration) {
	c.deliveries++
	if c.measured {
		c.fromWindow++
		c.deliveryTimes.add(c.now() - due)
	}
}

func (c *crowd) acknowledged(due time.Duration) {
	c.acks++
	if c.measured {
		c.acksFromWindow++
		c.ackTimes.add(c.now() - due)
	}
}

// post sends what is due.
func (c *crowd) post(s *socket, due time.Duration) error {
	if !c.open(s) {
		return errors.New("a sender is not connected")
	}
	return c.loop.send(s, c.dialect.post(s, stamped(due), due))
}
