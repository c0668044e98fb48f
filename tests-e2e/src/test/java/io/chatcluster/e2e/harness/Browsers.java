package io.chatcluster.e2e.harness;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The browsers of a run of tests, one for each class that runs at the time: to start one takes as long as a test, and what one class
 * did in it goes with its contexts. They end with the run.
 */
final class Browsers implements AutoCloseable {

    /** A browser and what drives it, which is for one thread at a time. */
    record Running(Playwright playwright, Browser browser) {}

    private final ConcurrentMap<Path, Queue<Running>> idle = new ConcurrentHashMap<>();

    /** Those of the run that the tests of the context belong to. */
    static Browsers of(ExtensionContext context) {
        var run = context.getRoot().getStore(ExtensionContext.Namespace.create(Browsers.class));
        return Objects.requireNonNull(run.getOrComputeIfAbsent(Browsers.class, key -> new Browsers(), Browsers.class));
    }

    Running take(Path program, List<String> arguments, double timeoutMillis) {
        Running free = idle(program).poll();
        return free == null ? start(program, arguments, timeoutMillis) : free;
    }

    /** A browser that has crashed is of no use to the next class. */
    void giveBack(Path program, Running free) {
        if (free.browser().isConnected()) {
            idle(program).add(free);
        } else {
            free.playwright().close();
        }
    }

    private Queue<Running> idle(Path program) {
        return idle.computeIfAbsent(program, path -> new ConcurrentLinkedQueue<>());
    }

    private static Running start(Path program, List<String> arguments, double timeoutMillis) {
        var playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1", "PATH", System.getenv("PATH"))));
        var browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setTimeout(timeoutMillis)
                        .setArgs(arguments));
        return new Running(playwright, browser);
    }

    @Override
    public void close() {
        idle.values().forEach(all -> all.forEach(running -> running.playwright().close()));
    }
}
