namespace GraphRisk.Graph.Algorithms.Structure;

/// <summary>
/// Runs the parts of a range on several processors. Parts have fixed bounds whatever the number of processors, so what is made part by
/// part is the same on any machine; a lane, one for each processor, has scratch of its own.
/// </summary>
internal sealed class Lanes(int count)
{
    /// <summary>Lanes for the processors there are.</summary>
    public static Lanes OfMachine() => new(Environment.ProcessorCount);

    /// <summary>Number of lanes.</summary>
    public int Count => count;

    /// <summary>Runs all parts of a range.</summary>
    /// <param name="length">Length of the range.</param>
    /// <param name="size">Length of a part.</param>
    /// <param name="body">Takes the lane and the bounds of the part, the end exclusive.</param>
    public void Run(int length, int size, Action<int, int, int> body)
    {
        var parts = (length + size - 1) / size;
        if (parts <= 1 || count == 1)
        {
            for (var part = 0; part < parts; part++) body(0, part * size, Math.Min(length, (part + 1) * size));
            return;
        }

        var next = -1;
        Parallel.For(0, Math.Min(count, parts), new ParallelOptions { MaxDegreeOfParallelism = count }, lane =>
        {
            while (Interlocked.Increment(ref next) is var part && part < parts) body(lane, part * size, Math.Min(length, (part + 1) * size));
        });
    }
}
