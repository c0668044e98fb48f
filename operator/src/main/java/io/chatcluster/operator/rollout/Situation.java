package io.chatcluster.operator.rollout;

import org.jspecify.annotations.Nullable;

/**
 * All that decides what becomes of the chat pods.
 *
 * @param wanted what the spec wants
 * @param lastGood what all pods were last that came up and delivered; absent where none ever did
 * @param running id of what the Deployment was written from; absent where there is no Deployment
 * @param failure what was given up before; absent where nothing was
 * @param trouble what keeps pods of {@code wanted} from coming up; absent where nothing does
 * @param othersFail whether there are pods of another revision and none of them delivers for long either
 * @param automaticRollback whether the operator may go back by itself
 */
public record Situation(
        Revision wanted,
        @Nullable Revision lastGood,
        @Nullable String running,
        @Nullable Failure failure,
        @Nullable Trouble trouble,
        boolean othersFail,
        boolean automaticRollback) {

    /**
     * The gate between pods is Kubernetes': a Deployment goes on to the next pod only once the new one is ready and has stayed
     * so, and a chat pod is ready only once its own canary message came through. So a bad revision stops at its first pod
     * whether an operator runs or not, and all that is left to decide here is when to give it up.
     */
    public Rollout decide() {
        var back = lastGood == null || lastGood.id().equals(wanted.id()) ? null : lastGood;
        if (automaticRollback
                && back != null
                && failure != null
                && failure.revision().equals(wanted.id())) {
            return new Rollout.StayBack(back, failure);
        }
        if (trouble == null || !wanted.id().equals(running)) {
            return new Rollout.Pursue(wanted, null);
        }
        return switch (trouble.kind()) {
            case PASSING -> new Rollout.Pursue(wanted, trouble.message());
            case OVERDUE, CERTAIN ->
                back == null
                        ? new Rollout.StandStill(
                                wanted, trouble.message() + " There is no earlier revision to go back to.")
                        : goBack(back, trouble);
        };
    }

    private Rollout goBack(Revision back, Trouble trouble) {
        var why = "With %s: %s".formatted(Changes.between(back, wanted), trouble.message());
        if (!automaticRollback) {
            return new Rollout.StandStill(
                    wanted, why + " It is not rolled back, since spec.upgrade.automaticRollback is Disabled.");
        }
        if (othersFail && trouble.kind() == Trouble.Kind.OVERDUE) {
            return new Rollout.StandStill(
                    wanted,
                    why
                            + " It is not rolled back, since test messages of the old chat pods do not arrive either, or have only just begun to.");
        }
        return new Rollout.GiveUp(back, new Failure(wanted.id(), why));
    }
}
