package io.chatcluster.chat;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.chatcluster.chat", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule SHOULD_KNOW_WEB_SOCKETS_ONLY_IN_SESSION = noClasses()
            .that()
            .resideOutsideOfPackage("..session..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.quarkus.websockets..");

    @ArchTest
    static final ArchRule SHOULD_NAME_CLASSES_THAT_KNOW_AWS_AFTER_THE_SERVICE = noClasses()
            .that()
            .haveNameNotMatching(".*\\.(Aws|DynamoDb|S3)[A-Za-z0-9$]*")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk..");

    @ArchTest
    static final ArchRule SHOULD_NAME_CLASSES_THAT_KNOW_REDIS_AFTER_IT = noClasses()
            .that()
            .haveNameNotMatching(".*\\.Redis[A-Za-z0-9$]*")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx.redis..");

    @ArchTest
    static final ArchRule SHOULD_LET_DATA_FLOW_FROM_SESSION_TO_ROOM = noClasses()
            .that()
            .resideInAnyPackage("..protocol..", "..room..", "..message..", "..delivery..")
            .and()
            .haveNameNotMatching(".*Resource.*")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.chatcluster.chat.session..");

    @ArchTest
    static final ArchRule SHOULD_KEEP_MESSAGES_IGNORANT_OF_DELIVERY = noClasses()
            .that()
            .resideInAnyPackage("..room..", "..message..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.chatcluster.chat.delivery..");

    @ArchTest
    static final ArchRule SHOULD_KEEP_ROOMS_IGNORANT_OF_MESSAGES = noClasses()
            .that()
            .resideInAPackage("..room..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.chatcluster.chat.message..");

    @ArchTest
    static final ArchRule SHOULD_KEEP_MEDIA_IGNORANT_OF_MESSAGES = noClasses()
            .that()
            .resideInAPackage("..media..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..message..", "..delivery..", "..session..");
}
