/** Makes keys and certificates, and turns them into text and back. */
@NullMarked
package io.chatcluster.operator.certificate;

import org.jspecify.annotations.NullMarked;
