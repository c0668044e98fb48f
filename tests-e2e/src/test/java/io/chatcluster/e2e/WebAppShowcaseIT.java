package io.chatcluster.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.chatcluster.e2e.harness.Chromium;
import io.chatcluster.e2e.harness.OnTheSampleChat;
import io.chatcluster.e2e.harness.Person;
import io.chatcluster.e2e.harness.SampleChat;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Takes the pictures of the README, of people who talk. */
@OnTheSampleChat
class WebAppShowcaseIT {
    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    /** A landscape, or somebody in front of a colour. */
    private static final String PAINTED = """
            ([hue, portrait]) => {
              const [width, height] = portrait ? [320, 320] : [960, 600];
              const canvas = Object.assign(document.createElement('canvas'), { width, height });
              const drawing = canvas.getContext('2d');
              const fill = (colors, shape) => {
                const gradient = drawing.createLinearGradient(0, 0, 0, height);
                colors.forEach((color, index) => gradient.addColorStop(index / (colors.length - 1), color));
                drawing.fillStyle = gradient;
                drawing.beginPath();
                shape();
                drawing.fill();
              };
              fill(portrait ? [`hsl(${hue} 70% 72%)`, `hsl(${hue + 40} 65% 45%)`] : ['#27408b', '#c86b7d', '#ffd08a'], () => drawing.rect(0, 0, width, height));
              if (portrait) {
                fill([`hsl(${hue + 180} 35% 30%)`, `hsl(${hue + 180} 35% 22%)`], () => drawing.ellipse(160, 330, 120, 110, 0, 0, 7));
                fill(['#f3c9a5', '#c68863'], () => drawing.ellipse(160, 150, 62, 76, 0, 0, 7));
                fill(['#3b2a23', '#3b2a23'], () => drawing.ellipse(160, 112, 70, 50, 0, Math.PI, 2 * Math.PI));
              } else {
                fill(['#fff3c4', '#fff3c4'], () => drawing.arc(620, 330, 62, 0, 7));
                for (const [top, color] of [[400, '#5b4a78'], [470, '#3c3157'], [540, '#241d3a']]) {
                  fill([color, color], () => {
                    drawing.moveTo(0, height);
                    for (let x = 0; x <= width; x += 8) drawing.lineTo(x, top + 38 * Math.sin((x + top * 3) / 110));
                    drawing.lineTo(width, height);
                  });
                }
              }
              return canvas.toDataURL('image/png').split(',')[1];
            }
            """;

    private final SampleChat chat = new SampleChat();

    private static byte[] painted(Page page, int hue, boolean portrait) {
        return Base64.getDecoder().decode((String) page.evaluate(PAINTED, List.of(hue, portrait)));
    }

    private static void hasPicture(Person person, int hue) {
        person.page().click("#profile-button");
        person.page()
                .setInputFiles("#picture", new FilePayload("me.png", "image/png", painted(person.page(), hue, true)));
        assertThat(person.page().locator("#profile-button img")).isVisible();
        person.page().keyboard().press("Escape");
    }

    @Test
    void shouldShowTheMainScreens() {
        // Given
        Person mina = chat.person(CHROMIUM.window(), "mina");
        Person jonas = chat.person(CHROMIUM.window(), "jonas");
        Person amara = chat.person(
                CHROMIUM.window(new Browser.NewContextOptions()
                        .setViewportSize(390, 800)
                        .setColorScheme(ColorScheme.DARK)),
                "amara");
        mina.isCalled("Mina Park");
        jonas.isCalled("Jonas Weber");
        amara.isCalled("Amara Obi");
        hasPicture(mina, 330);
        hasPicture(jonas, 205);
        hasPicture(amara, 150);
        mina.opensDirectChat(jonas.name(), "Jonas Weber");
        mina.says("Lunch at noon?");
        jonas.opensChat("Mina Park");
        jonas.sees("Lunch at noon?");
        jonas.says("Yes! The noodle place again 🍜");
        mina.sees("The noodle place");
        mina.opensGroup("Launch team", List.of(jonas, amara));

        // When
        mina.says("Good morning! Today is the day 🚀");
        mina.attaches(new FilePayload("view.png", "image/png", painted(mina.page(), 0, false)));
        assertThat(mina.page().locator(".chip.done")).isVisible();
        mina.says("The plan: https://example.com/launch");
        amara.opensChat("Launch team");
        amara.sees("The plan");
        amara.says("The load test ran all night: two pods were killed, and not one message was lost or came twice.");
        jonas.opensChat("Launch team");
        jonas.sees("The load test");
        jonas.does("Reply", "The load test");
        jonas.says("That is wonderful news, Amara!");
        mina.sees("wonderful");
        mina.does("React ❤️", "The load test");
        jonas.does("React 👍", "The load test");
        amara.sees("wonderful");
        amara.does("React ❤️", "Today is the day");
        mina.says("🎉");
        amara.sees("🎉");
        amara.says("I will show the numbers at three.");
        mina.sees("numbers at three");
        jonas.opensChat("Mina Park");
        jonas.says("See you there, I keep a table.");

        // Then
        assertThat(mina.page().locator("#rooms .badge")).hasText("1");
        assertThat(mina.messages("The load test").locator(".reaction")).hasCount(2);
        assertThat(mina.messages("Today is the day").locator(".reaction")).hasCount(1);
        for (Person person : List.of(mina, amara)) {
            assertThat(person.page().locator("#notice")).isHidden();
            person.page().mouse().move(5, 5);
        }
        Chromium.picture(mina.page(), "showcase");
        Chromium.picture(amara.page(), "showcase-phone-dark");
        Assertions.assertThat(CHROMIUM.problems()).isEmpty();
    }
}
