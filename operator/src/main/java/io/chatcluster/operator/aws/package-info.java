/** Makes, describes and deletes the DynamoDB tables and the S3 bucket. */
@NullMarked
package io.chatcluster.operator.aws;

import org.jspecify.annotations.NullMarked;
