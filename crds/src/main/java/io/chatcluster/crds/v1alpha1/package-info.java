/** The ChatCluster resource, version v1alpha1, as its users write it and as the operator reports on it. */
@NullMarked
package io.chatcluster.crds.v1alpha1;

import org.jspecify.annotations.NullMarked;
