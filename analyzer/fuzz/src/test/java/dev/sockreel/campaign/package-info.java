/** Runs whole commands on hostile inputs and hosts, for minutes or hours, and reports what they must not do. */
@NullMarked
package dev.sockreel.campaign;

import org.jspecify.annotations.NullMarked;
