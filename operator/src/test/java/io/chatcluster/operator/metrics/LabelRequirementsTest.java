package io.chatcluster.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Label selectors as the API server takes them. */
class LabelRequirementsTest {
    private static final Map<String, String> LABELS =
            Map.of("app.kubernetes.io/name", "chat-runtime", "tier", "gold", "empty", "");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ""                                             | true
            app.kubernetes.io/name=chat-runtime            | true
            app.kubernetes.io/name==chat-runtime,tier=gold | true
            app.kubernetes.io/name=redis                   | false
            tier=gold,colour=red                           | false
            tier!=gold                                     | false
            colour!=red                                    | true
            tier in (silver, gold)                         | true
            tier in (silver),app.kubernetes.io/name        | false
            tier notin (silver,bronze)                     | true
            tier notin (silver,gold)                       | false
            colour notin (red)                             | true
            tier                                           | true
            colour                                         | false
            !colour                                        | true
            !tier                                          | false
            empty=                                         | true
            """)
    void shouldSelectByLabels(String selector, boolean selected) {
        assertThat(LabelRequirements.of(selector).test(LABELS)).isEqualTo(selected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=", "tier in gold", "tier>1", "a b", "tier in (", "tier,,empty", "tier=gold)"})
    void shouldRefuseWhatIsNoSelector(String selector) {
        assertThatThrownBy(() -> LabelRequirements.of(selector)).isInstanceOf(IllegalArgumentException.class);
    }
}
