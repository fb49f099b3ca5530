namespace GraphRisk.Graph.Snapshots;

/// <summary>Nodes, ascending: a run that others may share, but for some of its places, and more after it.</summary>
public readonly struct NodeList
{
    private readonly Section<int> known;
    private readonly int[] left;
    private readonly int[] added;

    /// <param name="known">The run.</param>
    /// <param name="left">Places of it that are left out, ascending.</param>
    /// <param name="added">Nodes after the run's.</param>
    internal NodeList(Section<int> known, int[] left, int[] added)
    {
        this.known = known;
        this.left = left;
        this.added = added;
    }

    /// <summary>Number of nodes.</summary>
    public int Length => known.Length - left.Length + added.Length;

    /// <summary>Number of places, those left out among them.</summary>
    internal int RowCount => known.Length + added.Length;

    /// <summary>The node at a place, counting those left out.</summary>
    internal int InRow(int row) => row < known.Length ? known[row] : added[row - known.Length];

    /// <summary>A node by its position among them.</summary>
    public int this[int index]
    {
        get
        {
            if (index >= known.Length - left.Length) return added[index - known.Length + left.Length];
            if (left.Length == 0) return known[index];

            // Of the places left out, as many lie before the one wanted as have at most so many kept ones before them.
            int low = 0, high = left.Length;
            while (low < high)
            {
                var middle = (low + high) >>> 1;
                if (left[middle] - middle <= index) low = middle + 1;
                else high = middle;
            }

            return known[index + low];
        }
    }

    /// <summary>The nodes in an array of their own.</summary>
    public int[] ToArray()
    {
        var nodes = new int[Length];
        for (var i = 0; i < nodes.Length; i++) nodes[i] = this[i];
        return nodes;
    }

    /// <summary>Goes through the nodes.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Goes through the nodes.</summary>
    public struct Enumerator
    {
        private readonly NodeList nodes;
        private int at;

        internal Enumerator(NodeList nodes)
        {
            this.nodes = nodes;
            at = -1;
        }

        /// <summary>The node it stands at.</summary>
        public readonly int Current => nodes[at];

        /// <summary>Goes on; false at the end.</summary>
        public bool MoveNext() => ++at < nodes.Length;
    }
}
