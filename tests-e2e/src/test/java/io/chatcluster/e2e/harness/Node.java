package io.chatcluster.e2e.harness;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The machine the pods run on, when it is this one: where a process can be killed without its pod being told. */
public final class Node {
    private Node() {}

    /**
     * Sends SIGKILL to every process in {@code pod} that runs {@code command}.
     *
     * @throws IllegalStateException when there is none here, as on a cluster whose nodes are other machines
     */
    public static void kill(Pod pod, String command) {
        var victims = processes(pod, command);
        victims.forEach(ProcessHandle::destroyForcibly);
        victims.forEach(victim -> victim.onExit().join());
    }

    /**
     * Lets the pod's processes that run {@code command} stand still, with their connections open and unanswered, until the
     * result is closed.
     *
     * @throws IllegalStateException as above
     */
    public static Frozen freeze(Pod pod, String command) {
        return freeze(processes(pod, command));
    }

    static Frozen freeze(List<ProcessHandle> victims) {
        victims.forEach(victim -> signal("STOP", victim));
        return () -> victims.forEach(victim -> signal("CONT", victim));
    }

    /** Goes on when it is closed. */
    public interface Frozen extends AutoCloseable {
        @Override
        void close();
    }

    private static List<ProcessHandle> processes(Pod pod, String command) {
        var found = ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .command()
                        .filter(path -> path.endsWith("/" + command))
                        .isPresent())
                .filter(process -> belongs(process, pod.getMetadata().getUid()))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalStateException(
                    "no " + command + " process of pod " + pod.getMetadata().getName()
                            + " on this machine: these tests must run as root on the node that runs the pods");
        }
        return found;
    }

    private static void signal(String name, ProcessHandle process) {
        run("kill", "-" + name, Long.toString(process.pid()));
    }

    /** Stops and starts the API server of the cluster that {@code make} brings up; another cluster's goes on, for it is not ours. */
    public static void restartApiServer() {
        if (!isBuiltIn()) {
            return;
        }
        run("cluster/cluster", "restart", "apiserver");
    }

    private static void run(String... command) {
        try {
            var process = new ProcessBuilder(command).inheritIO().start();
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + ": exit code " + process.exitValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static boolean isBuiltIn() {
        var log = System.getenv("CHATCLUSTER_AUDIT_LOG");
        return log != null && !log.isEmpty();
    }

    private static boolean belongs(ProcessHandle process, String podUid) {
        try {
            var groups = Files.readString(Path.of("/proc/" + process.pid() + "/cgroup"));
            return groups.contains(podUid) || groups.contains(podUid.replace('-', '_'));
        } catch (java.nio.file.NoSuchFileException ended) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
