using GraphRisk.Cli.Contagion;
using GraphRisk.Cli.Input;
using GraphRisk.Graph.Algorithms.Ownership;

namespace GraphRisk.Cli.Ownership;

/// <summary>An edge list as it is to be read.</summary>
/// <param name="Path">The file.</param>
/// <param name="Columns">What its columns are.</param>
/// <param name="Whole">What the whole is in its shares: 1 or 100.</param>
/// <param name="AsOf">The day whose holdings count; null where the file states no days.</param>
/// <param name="LeaveOut">Whether rows that cannot be read are left out; else they end the reading.</param>
internal sealed record EdgeListRequest(string Path, EdgeColumns Columns, decimal Whole, DateOnly? AsOf, bool LeaveOut);

/// <summary>The holdings of an edge list, row by row.</summary>
internal sealed class EdgeList
{
    private const int MostTold = 20;

    private static readonly ShareInterval None = ShareInterval.Exactly(0);

    /// <summary>What a holding is of, by the words of a column <c>kind</c>.</summary>
    private static readonly Dictionary<string, EdgeKind> Kinds = new(StringComparer.Ordinal)
    {
        [""] = EdgeKind.Both, ["both"] = EdgeKind.Both, ["shares"] = EdgeKind.Both, ["shareholding"] = EdgeKind.Both, ["ordinary"] = EdgeKind.Both, ["direct"] = EdgeKind.Both,
        ["capital"] = EdgeKind.Capital, ["nonvoting"] = EdgeKind.Capital, ["preference"] = EdgeKind.Capital,
        ["votes"] = EdgeKind.Votes, ["voting"] = EdgeKind.Votes, ["votingrights"] = EdgeKind.Votes,
        ["indirect"] = EdgeKind.Indirect,
        ["股权"] = EdgeKind.Both, ["股份"] = EdgeKind.Both, ["持股"] = EdgeKind.Both, ["普通股"] = EdgeKind.Both, ["直接"] = EdgeKind.Both, ["直接持股"] = EdgeKind.Both,
        ["出资"] = EdgeKind.Capital, ["资本"] = EdgeKind.Capital, ["优先股"] = EdgeKind.Capital, ["收益权"] = EdgeKind.Capital,
        ["表决权"] = EdgeKind.Votes, ["投票权"] = EdgeKind.Votes, ["表决权委托"] = EdgeKind.Votes,
        ["间接"] = EdgeKind.Indirect, ["间接持股"] = EdgeKind.Indirect,
    };

    private readonly List<Holding> holdings = [];
    private readonly List<int> lines = [];
    private readonly List<string> refused = [];

    private EdgeList()
    {
    }

    private enum EdgeKind
    {
        Both,
        Capital,
        Votes,
        Indirect,
    }

    /// <summary>Names of the parties.</summary>
    public NodeNames Names { get; } = new();

    /// <summary>The holdings, a row each.</summary>
    public IReadOnlyList<Holding> Holdings => holdings;

    /// <summary>Line of each holding.</summary>
    public IReadOnlyList<int> Lines => lines;

    /// <summary>What is wrong with the first rows left out.</summary>
    public IReadOnlyList<string> Refused => refused;

    /// <summary>Rows left out because they cannot be read.</summary>
    public int RefusedCount { get; private set; }

    /// <summary>Rows that are not of the day, or sum up a chain of others.</summary>
    public int PassedOver { get; private set; }

    /// <summary>Largest share stated in percents.</summary>
    public decimal Largest { get; private set; }

    /// <summary>Reads a list.</summary>
    /// <exception cref="UserErrorException">Rows cannot be read, or it is not said of which day.</exception>
    public static EdgeList Read(EdgeListRequest request, CancellationToken cancellation)
    {
        var list = new EdgeList();
        using var table = new HeadedTable(request.Path);
        var row = new Row(table, request);
        while (table.Next(out var fault))
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                if (fault is not null) throw fault;
                list.Add(row, table.Line);
            }
            catch (UserErrorException error)
            {
                list.RefusedCount++;
                if (list.refused.Count < MostTold) list.refused.Add(error.Message);
            }
        }

        if (list.RefusedCount > 0 && !request.LeaveOut)
            throw new UserErrorException($"{string.Join(Environment.NewLine, list.refused)}{Environment.NewLine}{list.RefusedCount} row(s) cannot be read; --skip-bad-rows leaves them out.");
        return list;
    }

    private void Add(Row row, int line)
    {
        if (row.Read(Names) is not { } holding)
        {
            PassedOver++;
            return;
        }

        Largest = Math.Max(Largest, holding.Equity.Upper);
        holdings.Add(holding);
        lines.Add(line);
    }

    /// <summary>Reads the current row of a table.</summary>
    private sealed class Row
    {
        private readonly HeadedTable table;
        private readonly EdgeListRequest request;
        private readonly int owner, owned, share, least, most, votes, kind, from, to;

        public Row(HeadedTable table, EdgeListRequest request)
        {
            (this.table, this.request) = (table, request);
            var columns = request.Columns;
            (owner, owned) = (columns.Require(table, "owner"), columns.Require(table, "owned"));
            (least, most) = (columns.Find(table, "sharemin"), columns.Find(table, "sharemax"));
            share = least >= 0 || most >= 0 ? columns.Find(table, "share") : columns.Require(table, "share");
            (votes, kind) = (columns.Find(table, "votes"), columns.Find(table, "kind"));
            (from, to) = (Apart(columns.Find(table, "from"), owner), Apart(columns.Find(table, "to"), owned));
            if ((from >= 0 || to >= 0) && request.AsOf is null)
                throw new UserErrorException($"{request.Path}: its holdings begin and end on days; --as-of says of which day the answer is.");
        }

        /// <summary>The holding; null where it is not of the day, or sums up a chain.</summary>
        public Holding? Read(NodeNames names)
        {
            var what = kind < 0 ? EdgeKind.Both
                : Kinds.TryGetValue(Input.HeadingRole.Plain(table.Given(kind) ?? ""), out var known) ? known
                : throw table.Fault(kind, $"is no kind of holding; kinds are {string.Join(", ", Kinds.Keys.Where(word => word.Length > 0))}");
            var (holder, company) = (table.Text(owner), table.Text(owned));
            var equity = Interval();
            var voting = votes >= 0 && table.Part(votes, request.Whole) is { } stated ? ShareInterval.Exactly(stated) : equity;
            var (begins, ends) = (from < 0 ? null : table.Day(from), to < 0 ? null : table.Day(to));
            if (begins >= ends) throw table.Fault(to, "is not after the day it begins");
            if (what == EdgeKind.Indirect || begins > request.AsOf || ends <= request.AsOf) return null;
            return new Holding(names.NumberOf(holder), names.NumberOf(company), what == EdgeKind.Votes ? None : equity, what == EdgeKind.Capital ? None : voting);
        }

        private ShareInterval Interval()
        {
            var (low, high) = (Bound(least), Bound(most));
            if (low > high) throw table.Fault(most, "is below the least share");
            return ShareInterval.Read(Bound(share), low, high);
        }

        private decimal? Bound(int column) => column < 0 ? null : table.Part(column, request.Whole);

        private static int Apart(int column, int end) => column == end ? -1 : column;
    }
}
