package io.chatcluster.operator.status;

import io.chatcluster.crds.v1alpha1.TableStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The DynamoDB tables as last described.
 *
 * @param tables all that could be described
 * @param problem what keeps the tables from being as planned; absent where nothing does
 */
public record StorageObservation(
        List<TableStatus> tables, @Nullable Problem problem) {}
