package io.chatcluster.chat.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.chatcluster.chat.session.GeneratedKeys;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/** Somebody who uses the app in a window of their own, by what they see. */
record Person(String name, Page page) {

    static Person signedIn(Page page, URI address, String name) {
        page.navigate(address.toString());
        page.fill("#token", GeneratedKeys.ISSUER.token(name));
        page.click("#login button");
        assertThat(page.locator("#me")).hasText(name);
        return new Person(name, page);
    }

    void opensDirectChatWith(Person other) {
        opensDirectChat(other.name, other.name);
    }

    void opensDirectChat(String user, String title) {
        page.click("#new-chat");
        page.fill("#new-direct-person", user);
        page.press("#new-direct-person", "Enter");
        assertThat(page.locator("#title")).hasText(title);
    }

    void opensGroup(String group, List<Person> others) {
        page.click("#new-chat");
        page.locator(".tab input[value=group]").check();
        page.fill("#new-group input[name=name]", group);
        for (int chosen = 0; chosen < others.size(); chosen++) {
            page.fill("#new-group-members", others.get(chosen).name());
            page.press("#new-group-members", "Enter");
            assertThat(page.locator("#new-group .chosen .chip")).hasCount(chosen + 1);
        }
        page.click("#new-group button.primary");
        assertThat(page.locator("#title")).hasText(group);
    }

    void opensChat(String title) {
        page.locator("#rooms button.room")
                .filter(new Locator.FilterOptions().setHasText(title))
                .first()
                .click();
        assertThat(page.locator("#title")).hasText(title);
    }

    void says(String text) {
        page.fill("#text", text);
        page.press("#text", "Enter");
    }

    void sees(String text) {
        assertThat(messages(text)).hasCount(1);
    }

    /** Chooses the name that others see. */
    void isCalled(String displayName) {
        page.click("#profile-button");
        page.fill("#display-name", displayName);
        page.click("#profile .name-form button");
        assertThat(page.locator("#me")).hasText(displayName);
        page.keyboard().press("Escape");
    }

    /** The messages that hold the text; what they quote does not count. */
    Locator messages(String text) {
        Locator own = page.locator(".text").filter(new Locator.FilterOptions().setHasText(text));
        return page.locator("#messages li.message").filter(new Locator.FilterOptions().setHas(own));
    }

    /** Points at a message and presses one of its buttons. */
    void does(String action, String message) {
        messages(message).locator(".bubble").hover();
        messages(message)
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(action).setExact(true))
                .click();
    }

    /** How the message is marked, such as Sent or Read. */
    void seesMark(String message, String mark) {
        assertThat(messages(message).locator(".mark")).hasText(mark);
    }

    void seesState(Pattern words) {
        assertThat(page.locator("#state")).hasText(words);
    }
}
