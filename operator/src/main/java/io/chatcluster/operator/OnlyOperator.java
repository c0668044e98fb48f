package io.chatcluster.operator;

import io.chatcluster.operator.metrics.Leader;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;

/** An operator that no other stands beside. */
@DefaultBean
@ApplicationScoped
public class OnlyOperator implements Leader {
    @Override
    public boolean isLeading() {
        return true;
    }
}
