@NullMarked
package dev.sockreel.nlmsg;
