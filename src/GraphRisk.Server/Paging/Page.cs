using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Paging;

/// <summary>A part of a connection.</summary>
/// <param name="Edges">The items, in the connection's order.</param>
/// <param name="TotalCount">Number of items of the whole connection.</param>
/// <param name="HasPrevious">There are items before the first of these.</param>
/// <param name="HasNext">There are items after the last of these.</param>
/// <param name="Stamp">What the connection stands on.</param>
internal record Page(IReadOnlyList<Edge> Edges, int TotalCount, bool HasPrevious, bool HasNext, Stamp Stamp);

/// <summary>An item of a connection.</summary>
/// <param name="cursor">Makes its cursor; called when it is asked for, which most questions do not.</param>
/// <param name="item">What the edge is about; the edge's fields are read from it.</param>
internal sealed class Edge(Func<string> cursor, object item) : Security.IAboutSubject
{
    private string? made;

    /// <summary>Its place: names the item, not its position, so that it still fits when others have come before it.</summary>
    public string Cursor => made ??= cursor();

    public object Item => item;

    public string? Subject => (Item as Security.IAboutSubject)?.Subject;
}

/// <summary>Cuts pages out of ordered items.</summary>
internal sealed class Pager(Sealer sealer)
{
    private const string Mark = "at:";

    /// <summary>The part asked for of items that are told apart by a key.</summary>
    public Page Cut<T>(PageRequest request, Stamp stamp, IReadOnlyList<T> items, Func<T, string> keyOf)
        where T : notnull =>
        Cut(request, stamp, items.Count, at => (keyOf(items[at]), items[at]), key =>
        {
            for (var at = 0; at < items.Count; at++)
                if (keyOf(items[at]) == key) return at;
            return -1;
        });

    /// <summary>The part asked for of so many items, each made only when it is on the page.</summary>
    /// <param name="request">The part.</param>
    /// <param name="stamp">What the items stand on.</param>
    /// <param name="count">Number of all items.</param>
    /// <param name="at">Key and item of a position.</param>
    /// <param name="find">Position of a key; -1 where there is none any more.</param>
    /// <exception cref="Http.TypedError">A cursor names nothing in this connection.</exception>
    public Page Cut(PageRequest request, Stamp stamp, int count, Func<int, (string Key, object Item)> at, Func<string, int> find)
    {
        var seal = sealer.For(request.Project);
        var start = request.After is null ? 0 : Position(request, stamp, seal, "after", request.After, find) + 1;
        var end = request.Before is null ? count : Position(request, stamp, seal, "before", request.Before, find);
        end = Math.Max(start, end);
        if (request.First is { } first) end = Math.Min(end, start + first);
        else if (request.Last is { } last) start = Math.Max(start, end - last);
        var (edges, mark) = (new Edge[end - start], Mark + request.Question.Mark(stamp));
        for (var i = 0; i < edges.Length; i++)
        {
            var (key, item) = at(start + i);
            edges[i] = new Edge(() => seal.Seal(mark + key), item);
        }

        return new Page(edges, count, start > 0, end < count, stamp);
    }

    private static int Position(PageRequest request, Stamp stamp, Sealer seal, string argument, string cursor, Func<string, int> find)
    {
        var text = seal.Open(cursor);
        var key = text?.StartsWith(Mark, StringComparison.Ordinal) == true ? request.Question.Unmark(argument, text[Mark.Length..], stamp) : null;
        var found = key is null ? -1 : find(key);
        return found >= 0 ? found : throw Problem.BadInput(
            argument, "is no cursor of this connection as it is now: ask with the knownAt and asOf of the page it came from.");
    }
}
