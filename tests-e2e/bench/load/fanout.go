package main

import (
	"fmt"
	"math"
	"os"
	"time"
)

const (
	connectTogether = 20
	connectTimeout  = 2 * time.Minute
	drainTimeout    = time.Minute
	putsPerSecond   = 50

	preludeSlice     = 5 * time.Second
	preludeGain      = .05 // of the least cost so far: less than that is noise
	preludeCompiling = .01 // of the server's CPU
	preludeMost      = 6
)

// result is one line of the report.
type result struct {
	Workload     string
	Server       string
	Rate         int     // messages a second, offered
	Clients      int     `json:",omitempty"`
	Deliveries   float64 `json:",omitempty"` // a second
	Acks         float64 `json:",omitempty"` // a second
	CPU          float64 `json:",omitempty"` // share of a core
	PerCPUSecond float64 `json:",omitempty"` // deliveries
	P50          float64 `json:",omitempty"` // of deliveries, milliseconds from when the message was due
	P99          float64 `json:",omitempty"`
	AckP50       float64 `json:",omitempty"`
	AckP99       float64 `json:",omitempty"`
	PutP50       float64 `json:",omitempty"`
	PutP99       float64 `json:",omitempty"`
	Bytes        float64 `json:",omitempty"` // of memory a connection
	Seconds      float64 `json:",omitempty"`
	Behind       bool    `json:",omitempty"` // did not keep up with the rate
	Missing      string  `json:",omitempty"` // why there is no figure
}

// fanout offers messages at a rate, in turn to each room and from each member, and counts what arrives.
type fanout struct {
	crowd    *crowd
	pids     []int
	rate     int
	senders  int // how many members send; 0 means all
	prelude  time.Duration
	warmup   time.Duration
	duration time.Duration
	store    string // where single puts are measured meanwhile; empty for nowhere
}

func (f fanout) run(workload, server string) (result, error) {
	c := f.crowd
	c.measured = false
	before := c.deliveries
	sent := 0
	begin := c.now()
	end := begin + f.warmup + f.duration
	window := begin + f.warmup
	var used time.Duration
	var puts putter
	stop := make(chan struct{})
	c.deliveryTimes, c.ackTimes, c.fromWindow, c.acksFromWindow = histogram{}, histogram{}, 0, 0
	for now := begin; now < end; now = c.now() {
		if !c.measured && now >= window {
			cpu, err := cpuTime(f.pids)
			if err != nil {
				return result{}, err
			}
			used, window, c.measured = cpu, now, true
			if f.store != "" {
				puts.store = dynamoDB{f.store}
				go puts.run(putsPerSecond, stop)
			}
		}
		if err := f.sendDue(begin, now, &sent); err != nil {
			return result{}, err
		}
		if err := c.loop.turn(max(time.Millisecond, f.due(begin, sent)-c.now())); err != nil {
			return result{}, err
		}
	}
	close(stop)
	took := c.now() - window
	c.measured = false
	cpu, err := cpuTime(f.pids)
	if err != nil {
		return result{}, err
	}
	behind, err := f.drain(before, sent)
	if err != nil {
		return result{}, err
	}
	r := result{
		Workload: workload, Server: server, Rate: f.rate, Clients: len(c.sockets), Behind: behind,
		Deliveries: float64(c.fromWindow) / took.Seconds(), Acks: float64(c.acksFromWindow) / took.Seconds(),
		CPU: (cpu - used).Seconds() / took.Seconds(), PerCPUSecond: float64(c.fromWindow) / (cpu - used).Seconds(),
		P50: c.deliveryTimes.quantile(.5), P99: c.deliveryTimes.quantile(.99),
		AckP50: c.ackTimes.quantile(.5), AckP99: c.ackTimes.quantile(.99),
	}
	puts.mutex.Lock()
	defer puts.mutex.Unlock()
	r.PutP50, r.PutP99 = puts.times.quantile(.5), puts.times.quantile(.99)
	return r, puts.err
}

// settle offers messages until the CPU that one costs falls no more and next to none goes into compiling, for between the prelude's
// length and six times that. The less of the core is left to a server's compilers, the longer they take.
func (f fanout) settle(workload, server string) error {
	f.warmup, f.duration, f.store = 0, preludeSlice, ""
	least, unchanged := math.Inf(1), 0
	slices := max(1, int(f.prelude/preludeSlice))
	before, err := compilerTime(f.pids)
	for n := 1; err == nil; n++ {
		var r result
		if r, err = f.run(workload, server); err != nil {
			break
		}
		unchanged++
		if cost := 1 / r.PerCPUSecond; cost < least*(1-preludeGain) {
			least, unchanged = cost, 0
		}
		var compiled time.Duration
		compiled, err = compilerTime(f.pids)
		share := (compiled - before).Seconds() / (r.CPU * preludeSlice.Seconds())
		before = compiled
		if n >= slices && unchanged >= 2 && share < preludeCompiling || n >= preludeMost*slices {
			fmt.Fprintf(os.Stderr, "after %s at %d/s: %.0f deliveries a CPU-second, %.0f %% of the CPU for compiling\n",
				time.Duration(n)*preludeSlice, f.rate, r.PerCPUSecond, share*100)
			return err
		}
	}
	return err
}

func (f fanout) due(begin time.Duration, n int) time.Duration {
	return begin + time.Duration(n)*time.Second/time.Duration(f.rate)
}

func (f fanout) sendDue(begin, now time.Duration, sent *int) error {
	c := f.crowd
	senders := f.senders
	if senders == 0 {
		senders = len(c.sockets)
	}
	for due := f.due(begin, *sent); due <= now; due = f.due(begin, *sent) {
		if err := c.post(c.sockets[*sent%senders], due); err != nil {
			return err
		}
		*sent++
	}
	return nil
}

// drain waits for the rest, and fails unless every member of a room got every message of it: a figure of lost messages is none.
func (f fanout) drain(before int64, sent int) (behind bool, err error) {
	c := f.crowd
	expected := before + int64(sent)*int64(len(c.sockets)/c.rooms())
	begin := c.now()
	for c.deliveries < expected && c.now()-begin < drainTimeout {
		if err := c.loop.turn(20 * time.Millisecond); err != nil {
			return false, err
		}
	}
	if c.deliveries != expected {
		return true, fmt.Errorf("%d deliveries in place of %d (%d commands refused: %s)",
			c.deliveries-before, expected-before, c.refusals, c.refusal)
	}
	late := c.now() - begin
	if late > 2*time.Second {
		fmt.Fprintf(os.Stderr, "the last message came %.1f s after it was due\n", late.Seconds())
	}
	return late > 2*time.Second, nil
}
