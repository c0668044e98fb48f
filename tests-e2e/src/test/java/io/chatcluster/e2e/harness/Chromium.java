package io.chatcluster.e2e.harness;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ScreenshotAnimations;
import io.chatcluster.e2e.harness.Browsers.Running;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Debian's Chromium, one for all tests of a class and kept from calling anything but the pages it is shown. It shows the
 * pages alone, since windows and menus around them, which nobody sees, take more than the pages do; {@link #whole} has them, too. Each
 * window has a memory of its own, as if it were another person's device, and closes with its test.
 */
public final class Chromium implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private static final Path PAGES_ALONE = Path.of("/usr/bin/chromium-headless-shell");
    private static final Path WHOLE = Path.of("/usr/bin/chromium");
    private static final Path PICTURES = Path.of("target/screenshots");
    /** How long a page may take to be right again after the worst. */
    private static final long PATIENCE_MILLIS = Duration.ofMinutes(2).toMillis();

    /** Pods are reached by address over plain HTTP here, where a browser does without this header and complains. */
    private static final String ON_PLAIN_HTTP = "The Cross-Origin-Opener-Policy header has been ignored";

    /** The day does not end in the middle of a test. */
    private static final String WHERE_IT_IS_NOON =
            "Etc/GMT%+d".formatted(LocalTime.now(ZoneOffset.UTC).getHour() - 12);

    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Path program;
    private final List<String> problems = new ArrayList<>();
    private final List<BrowserContext> devices = new ArrayList<>();
    private @Nullable Running running;

    public Chromium() {
        this(PAGES_ALONE);
    }

    private Chromium(Path program) {
        this.program = program;
    }

    /** The browser as people have it, which makes apps of pages. */
    public static Chromium whole() {
        return new Chromium(WHOLE);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (!Files.isExecutable(program)) {
            throw new IllegalStateException(
                    program + " is missing: install the package '" + program.getFileName() + "', or run `make test`");
        }
        running = Browsers.of(context).take(program, ARGUMENTS, PATIENCE_MILLIS);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    }

    public Page window() {
        return window(new Browser.NewContextOptions().setViewportSize(1180, 760));
    }

    public Page window(Browser.NewContextOptions options) {
        BrowserContext context = running()
                .browser()
                .newContext(options.setLocale(options.locale == null ? "en-US" : options.locale)
                        .setTimezoneId(WHERE_IT_IS_NOON));
        return watched(context.newPage());
    }

    /** Another window on the same device. */
    public Page windowBeside(Page page) {
        return watched(page.context().newPage());
    }

    /** The page as an app that was installed on a device, whose memory is the folder; for the whole browser. */
    public Page app(URI address, Path device) {
        BrowserContext context = running()
                .playwright()
                .chromium()
                .launchPersistentContext(
                        device,
                        new BrowserType.LaunchPersistentContextOptions()
                                .setExecutablePath(program)
                                .setTimeout(PATIENCE_MILLIS)
                                .setLocale("en-US")
                                .setArgs(Stream.concat(ARGUMENTS.stream(), Stream.of("--app=" + address))
                                        .toList()));
        devices.add(context);
        return watched(context.pages().getFirst());
    }

    private Page watched(Page page) {
        page.setDefaultTimeout(PATIENCE_MILLIS);
        page.onPageError(problems::add);
        page.onConsoleMessage(message -> {
            if (isProblem(message)) {
                problems.add(message.text() + " at " + message.location());
            }
        });
        return page;
    }

    /** What a policy refuses is told to the console alone; it also hears of every connection that fails, which some tests are about. */
    private static boolean isProblem(ConsoleMessage message) {
        String text = message.text();
        return text.contains("Content Security Policy")
                || message.type().equals("error")
                        && !text.startsWith(ON_PLAIN_HTTP)
                        && !text.startsWith("WebSocket connection to")
                        && !text.startsWith("Failed to load resource: net::ERR_")
                        && !text.startsWith("Failed to load resource: the server responded with a status of 503");
    }

    /** Errors of the pages and their scripts, and what the Content-Security-Policy has refused. */
    public List<String> problems() {
        return problems;
    }

    /** Leaves a picture for a person to look at. */
    public static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(name + ".png"))
                .setAnimations(ScreenshotAnimations.DISABLED));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List.copyOf(running().browser().contexts()).forEach(BrowserContext::close);
        devices.forEach(BrowserContext::close);
        devices.clear();
        problems.clear();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (running != null) {
            Browsers.of(context).giveBack(program, running);
        }
    }

    private Running running() {
        return Objects.requireNonNull(running);
    }
}
