/** The kernel's own counters, from the texts of /proc/net that are recorded beside each snapshot. */
@NullMarked
package dev.sockreel.counter;

import org.jspecify.annotations.NullMarked;
