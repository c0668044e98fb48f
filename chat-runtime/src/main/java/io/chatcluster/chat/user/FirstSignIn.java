package io.chatcluster.chat.user;

import io.chatcluster.chat.auth.Caller;
import io.chatcluster.chat.auth.CurrentCaller;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Makes a caller known to others by their first request; the back ends of applications are no users. */
@Provider
@Priority(Priorities.AUTHENTICATION + 1)
public class FirstSignIn implements ContainerRequestFilter {

    private final CurrentCaller caller;
    private final UserService users;

    @Inject
    public FirstSignIn(CurrentCaller caller, UserService users) {
        this.caller = caller;
        this.users = users;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Caller present = caller.get();
        if (!present.scopes().contains(Caller.ADMIN_SCOPE)) {
            users.signedIn(present.user());
        }
    }
}
