@NullMarked
package dev.sockreel.nlmsg;

import org.jspecify.annotations.NullMarked;
