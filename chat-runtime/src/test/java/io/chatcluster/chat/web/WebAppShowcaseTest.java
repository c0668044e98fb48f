package io.chatcluster.chat.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import io.chatcluster.chat.session.GeneratedKeys;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Takes the pictures of the README, from people who talk. */
@QuarkusTest
@QuarkusTestResource(GeneratedKeys.class)
class WebAppShowcaseTest {
    @TestHTTPResource("/")
    URI service = URI.create("unset");

    @Test
    void shouldShowTheMainScreens() {
        try (Chromium chromium = new Chromium()) {
            // Given
            Person mina = Person.signedIn(chromium.window(), service, "mina");
            Person jonas = Person.signedIn(chromium.window(), service, "jonas");
            Person amara = Person.signedIn(
                    chromium.window(new Browser.NewContextOptions()
                            .setViewportSize(390, 800)
                            .setColorScheme(ColorScheme.DARK)),
                    service,
                    "amara");
            mina.isCalled("Mina Park");
            jonas.isCalled("Jonas Weber");
            amara.isCalled("Amara Obi");
            mina.opensDirectChat("jonas", "Jonas Weber");
            mina.says("Lunch at noon?");
            jonas.opensChat("Mina Park");
            jonas.sees("Lunch at noon?");
            jonas.says("Yes! The noodle place again 🍜");
            mina.opensGroup("Launch team", List.of(jonas, amara));

            // When
            mina.says("Good morning! Today is the day 🚀");
            mina.says("The plan: https://example.com/launch");
            amara.opensChat("Launch team");
            amara.sees("The plan");
            amara.says(
                    "The load test ran all night: two pods were killed, and not one message was lost or came twice.");
            jonas.opensChat("Launch team");
            jonas.sees("The load test");
            jonas.does("Reply", "The load test");
            jonas.says("That is wonderful news, @amara!");
            mina.sees("wonderful");
            mina.does("React ❤️", "The load test");
            jonas.does("React 👍", "The load test");
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
            Assertions.assertThat(chromium.problems()).isEmpty();
        }
    }
}
