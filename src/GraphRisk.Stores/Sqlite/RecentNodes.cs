namespace GraphRisk.Stores.Sqlite;

/// <summary>Numbers of nodes met lately: a direct-mapped cache in front of the node index, for one thread.</summary>
internal sealed class RecentNodes
{
    private const int Places = 1 << 17;

    private readonly (IndexKey Key, long Number)[] places = new (IndexKey, long)[Places];

    /// <summary>The number of a node, or null where it is not remembered.</summary>
    public long? Find(IndexKey key)
    {
        ref readonly var place = ref places[(int)key.Low & (Places - 1)];
        return place.Number != 0 && place.Key == key ? place.Number : null;
    }

    public void Add(IndexKey key, long number) => places[(int)key.Low & (Places - 1)] = (key, number);

    public void Clear() => Array.Clear(places);
}
