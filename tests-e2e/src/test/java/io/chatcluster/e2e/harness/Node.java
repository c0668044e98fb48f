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
     * Sends SIGKILL to every process of {@code container} in {@code pod} that runs {@code command}.
     *
     * @throws IllegalStateException when there is none here, as on a cluster whose nodes are other machines
     */
    public static void kill(Pod pod, String command) {
        var victims = ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .command()
                        .filter(path -> path.endsWith("/" + command))
                        .isPresent())
                .filter(process -> belongs(process, pod.getMetadata().getUid()))
                .toList();
        if (victims.isEmpty()) {
            throw new IllegalStateException(
                    "no " + command + " process of pod " + pod.getMetadata().getName()
                            + " on this machine: these tests must run as root on the node that runs the pods");
        }
        kill(victims);
    }

    /** Stops and starts the API server of the cluster that {@code make} brings up; another cluster's goes on, for it is not ours. */
    public static void restartApiServer() {
        if (!isBuiltIn()) {
            return;
        }
        try {
            var restart = new ProcessBuilder("cluster/cluster", "restart", "apiserver")
                    .inheritIO()
                    .start();
            if (restart.waitFor() != 0) {
                throw new AssertionError("the API server was not restarted: exit code " + restart.exitValue());
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

    private static void kill(List<ProcessHandle> victims) {
        victims.forEach(ProcessHandle::destroyForcibly);
        victims.forEach(victim -> victim.onExit().join());
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
