package io.chatcluster.operator;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A client that may do everything, in tests whose operator may not. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface Admin {}
