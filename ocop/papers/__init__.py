"""Official papers: number series without gaps, the layout of NĐ 30/2020, PDF made once, stored and hashed."""
