/** Attachments: uploaded straight to S3, verified before they are sent, downloaded by members only. */
@NullMarked
package io.chatcluster.chat.media;

import org.jspecify.annotations.NullMarked;
