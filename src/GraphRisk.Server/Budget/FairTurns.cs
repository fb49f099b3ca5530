using System.Diagnostics.CodeAnalysis;

namespace GraphRisk.Server.Budget;

/// <summary>
/// Who computes next. A few questions are answered at once; each viewer has a line of its own, the lines are served in
/// turn, and no viewer takes more than half of the places while the others stay free for whoever comes.
/// <para>
/// A long question looks up about every ten milliseconds of work (<see cref="Turn.Yield"/>): where another viewer waits
/// it gives its place away and stands in its own line again, at the end. It waits for its place only so long and then
/// goes on without: what it holds others may need, and one question too many for a moment is no harm. Thread-safe.
/// </para>
/// </summary>
/// <param name="atOnce">Places.</param>
/// <param name="mostWaiting">Questions of one viewer that may wait.</param>
internal sealed class FairTurns(int atOnce, int mostWaiting)
{
    private static readonly TimeSpan LongestYield = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Line> lines = new(StringComparer.Ordinal);
    private readonly LinkedList<Line> waiting = [];
    private readonly int mostOfOne = Math.Max(1, atOnce / 2);
    private int running;

    /// <summary>Waits for a place; null where the viewer has too many waiting.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<Turn?> EnterAsync(string viewer, CancellationToken cancellation)
    {
        if (Stand(viewer) is not { } place) return null;
        try
        {
            await place.Free.Task.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Leave(place);
            throw;
        }

        return new Turn(this, place);
    }

    /// <summary>Questions that wait.</summary>
    public int Waiting
    {
        get
        {
            lock (gate) return lines.Values.Sum(line => line.Waiting.Count);
        }
    }

    private Place? Stand(string viewer)
    {
        lock (gate)
        {
            var line = LineOf(viewer);
            return line.Waiting.Count < mostWaiting ? Stand(line) : null;
        }
    }

    private Place StandAnyway(string viewer)
    {
        lock (gate) return Stand(LineOf(viewer));
    }

    private Line LineOf(string viewer)
    {
        if (!lines.TryGetValue(viewer, out var line)) lines.Add(viewer, line = new Line(viewer));
        return line;
    }

    private Place Stand(Line line)
    {
        var place = new Place(line);
        if (line.Waiting.Count == 0) line.Node = waiting.AddLast(line);
        place.Node = line.Waiting.AddLast(place);
        Serve();
        return place;
    }

    /// <summary>Gives free places to the lines in turn.</summary>
    private void Serve()
    {
        for (var node = waiting.First; node is not null && running < atOnce;)
        {
            var next = node.Next;
            var line = node.Value;
            if (line.Running < mostOfOne)
            {
                var place = line.Waiting.First!.Value;
                Unline(place);
                if (line.Waiting.Count > 0) line.Node = waiting.AddLast(line);
                running++;
                line.Running++;
                place.IsRunning = true;
                place.Free.SetResult();
                next = waiting.First;
            }

            node = next;
        }
    }

    /// <summary>Takes a place out of its line, and its line out of the turns.</summary>
    private void Unline(Place place)
    {
        var line = place.Line;
        line.Waiting.Remove(place.Node!);
        place.Node = null;
        if (line.Node is not { } node) return;
        waiting.Remove(node);
        line.Node = null;
    }

    private void Leave(Place place)
    {
        lock (gate)
        {
            if (place.Node is not null)
            {
                var line = place.Line;
                var node = line.Node!;
                line.Waiting.Remove(place.Node);
                place.Node = null;
                if (line.Waiting.Count == 0)
                {
                    waiting.Remove(node);
                    line.Node = null;
                }
            }

            if (place.IsRunning)
            {
                place.IsRunning = false;
                running--;
                place.Line.Running--;
            }

            if (place.Line is { Running: 0, Waiting.Count: 0 } empty && lines.GetValueOrDefault(empty.Viewer) == empty) lines.Remove(empty.Viewer);
            Serve();
        }
    }

    /// <summary>Where another viewer could go on at once: gives the place away and stands in line again, as does who has none.</summary>
    private Place? Rejoin(Place place)
    {
        lock (gate)
        {
            if (!place.IsRunning) return Stand(LineOf(place.Line.Viewer));
            if (!waiting.Any(line => line != place.Line && line.Running < mostOfOne)) return null;
            place.IsRunning = false;
            running--;
            place.Line.Running--;
            Serve();
            return Stand(place.Line);
        }
    }

    internal sealed class Line(string viewer)
    {
        public string Viewer => viewer;

        public LinkedList<Place> Waiting { get; } = [];

        public LinkedListNode<Line>? Node { get; set; }

        public int Running { get; set; }
    }

    internal sealed class Place(Line line)
    {
        public Line Line => line;

        public TaskCompletionSource Free { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public LinkedListNode<Place>? Node { get; set; }

        public bool IsRunning { get; set; }
    }

    /// <summary>A place that was taken; disposed when the question is answered.</summary>
    [SuppressMessage("Design", "CA1034", Justification = "a turn is a turn of these")]
    public sealed class Turn : IDisposable
    {
        private readonly FairTurns turns;
        private readonly Lock yielding = new();
        private Place place;

        internal Turn(FairTurns turns, Place place) => (this.turns, this.place) = (turns, place);

        /// <summary>Lets others go first where they wait; only one thread of a question waits, the others go on.</summary>
        public void Yield()
        {
            if (!yielding.TryEnter()) return;
            try
            {
                if (turns.Rejoin(place) is not { } again) return;
                place = again;
                // Whoever does not get a place in time goes on without one for a while, and frees none at the end.
                if (!again.Free.Task.Wait(LongestYield)) turns.Leave(again);
            }
            finally
            {
                yielding.Exit();
            }
        }

        /// <summary>Gives the place away while something else is waited for that is computed elsewhere.</summary>
        public async Task<T> WithoutAsync<T>(Func<Task<T>> wait)
        {
            turns.Leave(place);
            try
            {
                return await wait().ConfigureAwait(false);
            }
            finally
            {
                place = turns.StandAnyway(place.Line.Viewer);
                await place.Free.Task.ConfigureAwait(false);
            }
        }

        public void Dispose() => turns.Leave(place);
    }
}
