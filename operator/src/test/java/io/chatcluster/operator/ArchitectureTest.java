package io.chatcluster.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** ChatCluster → ClusterPlan → desired objects → cluster → Observation → conditions → status, and never back. */
@AnalyzeClasses(packages = "io.chatcluster.operator", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule SHOULD_LET_DATA_FLOW_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("reconciler")
            .definedBy("io.chatcluster.operator")
            .layer("dependent")
            .definedBy("..dependent..")
            .layer("aws")
            .definedBy("..aws..")
            .layer("metrics")
            .definedBy("io.chatcluster.operator.metrics..")
            .layer("status")
            .definedBy("..status..")
            .layer("rollout")
            .definedBy("..rollout..")
            .layer("plan")
            .definedBy("..plan..")
            .layer("metadata")
            .definedBy("..metadata..")
            .layer("certificate")
            .definedBy("..certificate..")
            .whereLayer("reconciler")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("dependent")
            .mayOnlyBeAccessedByLayers("reconciler")
            .whereLayer("aws")
            .mayOnlyBeAccessedByLayers("reconciler")
            .whereLayer("metrics")
            .mayOnlyBeAccessedByLayers("reconciler")
            .whereLayer("status")
            .mayOnlyBeAccessedByLayers("reconciler", "aws", "metrics")
            .whereLayer("rollout")
            .mayOnlyBeAccessedByLayers("reconciler", "dependent")
            .whereLayer("plan")
            .mayOnlyBeAccessedByLayers("reconciler", "dependent", "rollout", "aws", "metrics", "status")
            .whereLayer("certificate")
            .mayOnlyBeAccessedByLayers("metrics", "plan")
            .whereLayer("metadata")
            .mayOnlyBeAccessedByLayers("reconciler", "dependent", "rollout", "aws", "metrics", "status", "plan");

    @ArchTest
    static final ArchRule SHOULD_HAVE_NO_CYCLES =
            slices().matching("io.chatcluster.operator.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule SHOULD_KNOW_AWS_ONLY_IN_ITS_PACKAGE = noClasses()
            .that()
            .resideInAnyPackage("..plan..", "..rollout..", "..dependent..", "..status..", "..metadata..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk..");

    @ArchTest
    static final ArchRule SHOULD_PLAN_WITHOUT_LOOKING_AT_THE_CLUSTER = noClasses()
            .that()
            .resideInAnyPackage("..plan..", "..rollout..", "..metadata..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8.kubernetes.client..", "io.javaoperatorsdk..");

    @ArchTest
    static final ArchRule SHOULD_KEEP_DEPENDENTS_FROM_THE_STATUS = noClasses()
            .that()
            .resideInAPackage("..dependent..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("io\\.chatcluster\\.(operator\\.status\\..*|crds\\.v1alpha1\\.(.*Status|Condition.*))");
}
