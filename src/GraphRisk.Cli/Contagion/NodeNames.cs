namespace GraphRisk.Cli.Contagion;

/// <summary>Names of nodes and their numbers, in the order in which they were met.</summary>
internal sealed class NodeNames
{
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<string> names = [];

    public int Count => names.Count;

    public string this[int node] => names[node];

    /// <summary>Number of a name, a new one where it is not known.</summary>
    public int NumberOf(string name)
    {
        if (numbers.TryGetValue(name, out var known)) return known;
        numbers.Add(name, names.Count);
        names.Add(name);
        return names.Count - 1;
    }

    /// <summary>Number of a name, -1 where it is not known.</summary>
    public int Find(string name) => numbers.GetValueOrDefault(name, -1);
}
