print("é中😀" + nothing)
// expect error: columns_count_code_points.rl:1:15
