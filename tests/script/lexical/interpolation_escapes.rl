// Backquotes and dollars are escaped; a dollar without a brace is itself.
print(`\`tick\` \${no} $5 \t| é`) // expect: `tick` ${no} $5 	| é
