package io.chatcluster.chat.session;

import io.restassured.RestAssured;

/** What a pod tells Prometheus. */
final class ScrapedMetrics {

    private ScrapedMetrics() {}

    /** The sum of all series whose line begins so: a name, perhaps with the first labels. */
    static double sum(int managementPort, String start) {
        return RestAssured.given()
                .port(managementPort)
                .get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(start))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
