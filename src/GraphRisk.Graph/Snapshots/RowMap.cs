namespace GraphRisk.Graph.Snapshots;

/// <summary>
/// Where the rows of a patched column stand: in the known column, which others share, or in an extra one of the patch's own.
/// </summary>
/// <param name="knownRows">Rows of the known column.</param>
/// <param name="replaced">For known rows whose values changed, the extra row.</param>
/// <param name="added">For each row after the known ones: a known row, or the complement (~) of an extra one.</param>
internal sealed class RowMap(int knownRows, Dictionary<int, int> replaced, int[] added)
{
    /// <summary>Bytes of the map's own.</summary>
    public long Bytes => (24L * replaced.Count) + (4L * added.Length);

    /// <summary>The known row, or the complement of the extra one.</summary>
    public int Resolve(int row)
    {
        if (row >= knownRows) return added[row - knownRows];
        return replaced.Count > 0 && replaced.TryGetValue(row, out var extra) ? ~extra : row;
    }
}

/// <summary>A column of two: what others share, and what a patch puts in its place and after it.</summary>
/// <typeparam name="TColumn">Kind of column.</typeparam>
/// <param name="Known">The shared column; null where no row of it has a value.</param>
/// <param name="Extra">The patch's own; null where no row of it has a value.</param>
/// <param name="Map">Which row stands where.</param>
internal sealed record ColumnPatch<TColumn>(TColumn? Known, TColumn? Extra, RowMap Map)
    where TColumn : class
{
    /// <summary>The column a row stands in and its place there; null where it has no value.</summary>
    public TColumn? Find(int row, out int at)
    {
        at = Map.Resolve(row);
        if (at >= 0) return Known;
        at = ~at;
        return Extra;
    }
}
