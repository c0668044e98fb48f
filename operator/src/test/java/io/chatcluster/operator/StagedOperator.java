package io.chatcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** On a stage, for each test: an operator, and a namespace of its own with a ChatCluster {@code demo}. */
final class StagedOperator implements BeforeEachCallback, AfterEachCallback {
    private final Stage stage;
    private String namespace = "";
    private @Nullable RunningOperator running;

    StagedOperator(Stage stage) {
        this.stage = stage;
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        namespace = "t" + Math.abs(test.getDisplayName().hashCode());
        start();
    }

    private void start() {
        running = new RunningOperator(stage.server().connect(), "operator-a");
    }

    void restart() {
        running().close();
        start();
    }

    private RunningOperator running() {
        return Objects.requireNonNull(running);
    }

    String namespace() {
        return namespace;
    }

    Controllers controllers() {
        return new Controllers(stage.client(), namespace);
    }

    Resource<ChatCluster> cluster() {
        return stage.cluster(namespace);
    }

    /** Makes the ChatCluster and waits until it is Ready, with two pods. */
    void makeReady(String fields) {
        stage.apply(namespace, fields);
        RunningOperator.await(
                "the pods' number",
                () -> assertThat(controllers().deployment().getSpec().getReplicas())
                        .isEqualTo(2));
        controllers().startShards();
        controllers().complete();
        awaitReady();
    }

    void awaitReady() {
        RunningOperator.await(
                "Ready",
                () -> assertThat(condition("Ready")).map(Condition::getStatus).contains("True"));
    }

    /** Changes the ChatCluster by a JSON merge patch. */
    void patch(String merge) {
        stage.patch(namespace, merge);
    }

    Optional<Condition> condition(String type) {
        return stage.condition(namespace, type);
    }

    /** Lets the operator visit as often as this: the second time it sees all that it wrote at the first. */
    void visit(int times) {
        for (int i = 0; i < times; i++) {
            stage.visitAgain(running(), namespace);
        }
    }

    @Override
    public void afterEach(ExtensionContext test) {
        if (running != null) {
            running.close();
        }
    }
}
