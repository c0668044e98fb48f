package io.chatcluster.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.operator.status.Verdict.Truth;
import java.util.List;

/** What a verdict has to say. */
final class VerdictAssert {
    private VerdictAssert() {}

    /** Fails unless the verdict is this one and its message has every one of the words. */
    static void assertSays(Verdict verdict, Truth status, ConditionReason reason, String... words) {
        assertThat(verdict.status()).isEqualTo(status);
        assertThat(verdict.reason()).isEqualTo(reason);
        assertThat(verdict.message()).isNotBlank();
        assertThat(List.of(words)).allMatch(verdict.message()::contains);
    }
}
