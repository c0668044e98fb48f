package io.chatcluster.operator.aws;

import io.chatcluster.crds.v1alpha1.ConditionReason;
import io.chatcluster.crds.v1alpha1.DeletionPolicy;
import io.chatcluster.crds.v1alpha1.Provisioning;
import io.chatcluster.crds.v1alpha1.TableStatus;
import io.chatcluster.operator.plan.StoragePlan;
import io.chatcluster.operator.status.Problem;
import io.chatcluster.operator.status.StorageObservation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Makes, describes and deletes the DynamoDB tables of a ChatCluster. */
@ApplicationScoped
public class Tables {
    private static final String ACTIVE = "ACTIVE";
    private static final String CREATING = "CREATING";
    private static final String DELETING = "DELETING";
    private static final String MISSING = "MISSING";

    private final AwsClients clients;
    private final TableSettings settings;

    @Inject
    Tables(AwsClients clients) {
        this(clients, InstantSource.system());
    }

    Tables(AwsClients clients, InstantSource clock) {
        this.clients = clients;
        this.settings = new TableSettings(clock);
    }

    /** What became of one table. */
    private record Outcome(TableStatus status, @Nullable Problem problem) {}

    /**
     * Brings the tables to what is planned as far as one visit can, and says how they are. A table that was ACTIVE once and
     * is gone is never made anew: an empty one would pass for the lost one.
     *
     * @param established names of tables that were ever ACTIVE
     * @param mayWrite whether to change anything, or only to look
     * @param created told the name of each table that this call makes
     */
    public StorageObservation reconcile(
            StoragePlan plan,
            AwsCredentials credentials,
            Set<String> established,
            boolean mayWrite,
            Consumer<String> created) {
        var tables = new ArrayList<TableStatus>();
        var problems = new ArrayList<Problem>();
        for (var definition : TableDefinition.values()) {
            var name = definition.name(plan.tablePrefix());
            try {
                var client = clients.dynamoDb(plan.location(), credentials);
                var outcome = reconcile(client, plan, definition, established.contains(name), mayWrite, created);
                tables.add(outcome.status());
                if (outcome.problem() != null) {
                    problems.add(outcome.problem());
                }
            } catch (SdkException e) {
                problems.add(AwsProblems.of(e, "Table " + name, plan.location()));
                if (AwsProblems.isUnanswered(e)) {
                    // The others would be waited for as long, and in vain.
                    break;
                }
            }
        }
        // A lasting problem needs a person; say it before one that passes.
        var worst = problems.stream().filter(problem -> !problem.passing()).findFirst();
        return new StorageObservation(
                List.copyOf(tables), worst.orElse(problems.isEmpty() ? null : problems.getFirst()));
    }

    private Outcome reconcile(
            DynamoDbClient client,
            StoragePlan plan,
            TableDefinition definition,
            boolean established,
            boolean mayWrite,
            Consumer<String> created) {
        var name = definition.name(plan.tablePrefix());
        var description = describe(client, name);
        if (description != null) {
            return examine(client, plan, definition, description, established, mayWrite);
        }
        if (established) {
            return new Outcome(
                    new TableStatus(name, MISSING, true),
                    Problem.lasting(
                            ConditionReason.TABLE_MISSING,
                            "Table %s was ACTIVE and is gone. It is not made anew, for it would be empty: set spec.replicas to 0 and restore it from a backup under this name, or make an empty one yourself if its content may be lost."
                                    .formatted(name)));
        }
        if (plan.provisioning() == Provisioning.EXTERNAL) {
            return new Outcome(
                    new TableStatus(name, MISSING, null),
                    Problem.lasting(
                            ConditionReason.TABLE_MISSING,
                            "Table %s does not exist and spec.dynamodb.provisioning is External: make it, or set Managed."
                                    .formatted(name)));
        }
        if (!mayWrite) {
            return new Outcome(
                    new TableStatus(name, MISSING, null),
                    Problem.lasting(
                            ConditionReason.TABLE_MISSING,
                            "Table %s does not exist. It is made when the pause ends.".formatted(name)));
        }
        try {
            client.createTable(definition.request(plan));
            created.accept(name);
        } catch (ResourceInUseException e) {
            return new Outcome(new TableStatus(name, CREATING, null), creating(name));
        }
        return new Outcome(new TableStatus(name, CREATING, null), creating(name));
    }

    private Outcome examine(
            DynamoDbClient client,
            StoragePlan plan,
            TableDefinition definition,
            TableDescription table,
            boolean established,
            boolean mayWrite) {
        var name = table.tableName();
        var state = table.tableStatusAsString();
        var active = ACTIVE.equals(state) || "UPDATING".equals(state);
        var status = new TableStatus(name, state, active || established ? true : null);
        if (!active) {
            return new Outcome(status, inactive(name, state, established));
        }
        var invalid = invalid(definition, table);
        if (invalid != null || plan.provisioning() == Provisioning.EXTERNAL || !mayWrite) {
            return new Outcome(status, invalid);
        }
        // One change at a time is all that DynamoDB takes.
        return new Outcome(status, ACTIVE.equals(state) ? settings.repair(client, plan, definition, table) : null);
    }

    private static @Nullable Problem invalid(TableDefinition definition, TableDescription table) {
        return definition.fits(table)
                ? null
                : Problem.lasting(
                        ConditionReason.TABLE_INVALID,
                        "Table %s exists but is not a ChatCluster's: %s. Delete or rename what made it, or name the ChatCluster otherwise."
                                .formatted(table.tableName(), definition.shape()));
    }

    private static Problem inactive(String name, String state, boolean established) {
        if (state.equals(CREATING)) {
            return creating(name);
        }
        if (state.equals(DELETING)) {
            return established
                    ? Problem.lasting(
                            ConditionReason.TABLE_UNAVAILABLE,
                            "Somebody is deleting table %s. Restore it from a backup under this name once it is gone."
                                    .formatted(name))
                    : Problem.passing(
                            ConditionReason.TABLE_UNAVAILABLE,
                            "Table %s of before is still being deleted.".formatted(name));
        }
        return Problem.lasting(
                ConditionReason.TABLE_UNAVAILABLE,
                "DynamoDB says that table %s is %s, in which it can be neither read nor written: look at the table and at the key that encrypts it in AWS."
                        .formatted(name, state));
    }

    private static Problem creating(String name) {
        return Problem.passing(ConditionReason.TABLES_CREATING, "Table %s is being made.".formatted(name));
    }

    private static @Nullable TableDescription describe(DynamoDbClient client, String name) {
        try {
            return client.describeTable(request -> request.tableName(name)).table();
        } catch (ResourceNotFoundException e) {
            return null;
        }
    }

    /**
     * Deletes the tables where the plan says so; never one that is only called like them.
     *
     * @param leftBehind told of each table that stays, for people
     * @return names of the tables that still exist and are to go
     * @throws SdkException where AWS does not answer or refuses
     */
    public List<String> delete(StoragePlan plan, AwsCredentials credentials, Consumer<String> leftBehind) {
        if (plan.deletionPolicy() != DeletionPolicy.DELETE || plan.provisioning() != Provisioning.MANAGED) {
            return List.of();
        }
        var client = clients.dynamoDb(plan.location(), credentials);
        var remaining = new ArrayList<String>();
        for (var definition : TableDefinition.values()) {
            var name = definition.name(plan.tablePrefix());
            var description = describe(client, name);
            if (description == null) {
                continue;
            }
            var state = description.tableStatusAsString();
            // Of a table that is going already, DynamoDB does not tell the keys.
            if (!DELETING.equals(state) && !definition.hasKeys(description)) {
                leftBehind.accept(
                        "Table %s stays, for it has other keys than a ChatCluster's. Delete it yourself if it is to go, too."
                                .formatted(name));
                continue;
            }
            remaining.add(name);
            if (ACTIVE.equals(state)) {
                TableSettings.unprotect(client, description);
                client.deleteTable(request -> request.tableName(name));
            }
        }
        return remaining;
    }
}
