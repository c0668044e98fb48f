package io.chatcluster.operator.aws;

/** The parts that see to AWS, for tests outside of this package. */
public record AwsParts(Tables tables, Bucket bucket) {

    public static AwsParts make() {
        var clients = new AwsClients();
        return new AwsParts(new Tables(clients), new Bucket(clients));
    }
}
