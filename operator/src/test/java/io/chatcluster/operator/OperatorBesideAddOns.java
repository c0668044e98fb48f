package io.chatcluster.operator;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** On a stage, for each test: an operator that the test starts once the kinds are there that it is to find; they go after it. */
final class OperatorBesideAddOns implements AfterEachCallback {
    private final Stage stage;
    private final Wiretap wiretap;
    private @Nullable RunningOperator running;

    OperatorBesideAddOns(Stage stage, Wiretap wiretap) {
        this.stage = stage;
        this.wiretap = wiretap;
    }

    void start() {
        running = new RunningOperator(stage.server().connect(wiretap), "operator-a");
    }

    void stop() {
        if (running != null) {
            running.close();
        }
    }

    Condition condition(String namespace, String type) {
        return stage.condition(namespace, type).orElseGet(Condition::new);
    }

    void visitAgain(String namespace) {
        stage.visitAgain(Objects.requireNonNull(running), namespace);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        stop();
        for (var addOn : AddOn.values()) {
            addOn.remove(stage.client());
        }
    }
}
