// Command load measures a chat server: it is all of its clients, and checks that each of them got everything.
//
//	load keys FOLDER                   makes what signs tokens
//	load tables DYNAMODB               makes the tables
//	load fanout|idle|reconnect OPTION… measures; prints a JSON object for each figure
//	load report FILE                   makes a table of such objects
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"
)

type options struct {
	workload, server, protocol, addresses, key, pids, rates, store, settle string
	members, rooms, senders                                                int
	preludeRate                                                            int
	prelude, warmup, duration                                              time.Duration
}

func main() {
	// The thread of the sockets and those of single puts: the kernel shares the core among them.
	runtime.GOMAXPROCS(2)
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

func run(arguments []string) error {
	if len(arguments) < 2 {
		return fmt.Errorf("usage: load keys FOLDER | tables DYNAMODB | fanout|idle|reconnect OPTION… | report FILE")
	}
	switch action := arguments[0]; action {
	case "keys":
		return writeKeys(arguments[1])
	case "tables":
		return dynamoDB{arguments[1]}.createTables()
	case "report":
		return report(arguments[1], os.Stdout)
	case "fanout", "idle", "reconnect":
		o, err := parse(arguments)
		if err != nil {
			return err
		}
		return o.measure(action)
	default:
		return fmt.Errorf("no such action: %s", action)
	}
}

func parse(arguments []string) (options, error) {
	var o options
	flags := flag.NewFlagSet(arguments[0], flag.ContinueOnError)
	flags.StringVar(&o.workload, "workload", arguments[0], "name in the report")
	flags.StringVar(&o.server, "server", "ChatCluster", "name in the report")
	flags.StringVar(&o.protocol, "protocol", "chat", "chat, socketio, xmpp or raw")
	flags.StringVar(&o.addresses, "addresses", "", "host:port of each server, with commas")
	flags.StringVar(&o.key, "key", "", "what signs tokens")
	flags.StringVar(&o.pids, "pids", "", "the servers' processes, with commas")
	flags.StringVar(&o.rates, "rates", "100", "messages a second, with commas")
	flags.StringVar(&o.store, "store", "", "DynamoDB whose single puts are measured meanwhile")
	flags.StringVar(&o.settle, "settle", "", "a command before memory is read")
	flags.IntVar(&o.members, "members", 1000, "clients")
	flags.IntVar(&o.rooms, "rooms", 1, "rooms, that share the clients")
	flags.IntVar(&o.senders, "senders", 0, "clients that send; 0 means all")
	flags.IntVar(&o.preludeRate, "prelude-rate", 300, "messages a second before the first rate")
	flags.DurationVar(&o.prelude, "prelude", 0, "for how long at least")
	flags.DurationVar(&o.warmup, "warmup", 5*time.Second, "of each rate, before figures count")
	flags.DurationVar(&o.duration, "duration", 10*time.Second, "while figures count")
	return o, flags.Parse(arguments[1:])
}

func (o options) measure(action string) error {
	c, d, err := o.crowd()
	if err != nil {
		return err
	}
	pids, err := numbers(o.pids)
	if err != nil {
		return err
	}
	switch action {
	case "idle":
		return printed(idle(c, pids[0], o.settle, o.server))
	case "reconnect":
		return printed(reconnect(c, d, o.server))
	}
	c.redial = time.Second
	if err := c.connect(c.sockets, connectTogether, connectTimeout); err != nil {
		return err
	}
	// From here on a lost connection is an error.
	c.redial = 0
	rates, err := numbers(o.rates)
	if err != nil {
		return err
	}
	f := fanout{crowd: c, pids: pids, rate: o.preludeRate, senders: o.senders, prelude: o.prelude}
	if err := f.settle(o.workload, o.server); err != nil {
		return err
	}
	f.warmup, f.duration, f.store = o.warmup, o.duration, o.store
	settled := f.rate
	for _, rate := range rates {
		f.rate = rate
		// A compiler begins anew where less is to do, and is then most of what a message costs; where more is to do it hardly shows.
		if rate < settled {
			if err := f.settle(o.workload, o.server); err != nil {
				return err
			}
			settled = rate
		}
		if err := printed(f.run(o.workload, o.server)); err != nil {
			return err
		}
	}
	return nil
}

func (o options) crowd() (*crowd, *chat, error) {
	addresses := strings.Split(o.addresses, ",")
	var d dialect
	var ours *chat
	switch o.protocol {
	case "chat":
		name := fmt.Sprintf("%s-%d", o.workload, time.Now().Unix())
		setup, err := newSetup(addresses[0], o.key, name, o.members, o.rooms)
		if err != nil {
			return nil, nil, err
		}
		ours = &chat{setup: setup}
		d = ours
	case "socketio":
		d = socketIO{}
	case "xmpp":
		d = xmpp{}
	case "raw":
		d = raw{}
	default:
		return nil, nil, fmt.Errorf("no such protocol: %s", o.protocol)
	}
	c, err := newCrowd(d, addresses, o.members, o.rooms)
	return c, ours, err
}

func printed(r result, err error) error {
	if err != nil {
		return err
	}
	line, err := json.Marshal(r)
	if err != nil {
		return err
	}
	fmt.Println(string(line))
	return nil
}

func numbers(list string) ([]int, error) {
	var result []int
	for item := range strings.SplitSeq(list, ",") {
		n, err := strconv.Atoi(item)
		if err != nil {
			return nil, err
		}
		result = append(result, n)
	}
	return result, nil
}
