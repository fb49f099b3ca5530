using GraphRisk.Cli.Input;

namespace GraphRisk.Cli.Contagion;

/// <summary>What a file says of nodes, a row for each: numbers under the roles its columns have.</summary>
internal sealed class NodeFields
{
    private static readonly string[] Yes = ["1", "true", "yes", "y", "是"];
    private static readonly string[] No = ["0", "false", "no", "n", "否"];

    private readonly string? path;
    private readonly Dictionary<HeadingRole, Dictionary<int, double>> values = [];

    private NodeFields(string? path)
    {
        this.path = path;
    }

    /// <summary>The nodes that have a row, in order.</summary>
    public List<int> Nodes { get; } = [];

    /// <summary>Whether there is a column of a role.</summary>
    public bool Has(HeadingRole role) => values.ContainsKey(role);

    /// <summary>The number under a role, or another where the node, the column or the field is not there.</summary>
    public double Of(HeadingRole role, int node, double otherwise = 0) =>
        values.TryGetValue(role, out var column) ? column.GetValueOrDefault(node, otherwise) : otherwise;

    /// <summary>The number under a role of every node.</summary>
    public double[] All(HeadingRole role, int count, double otherwise = 0) => [.. Enumerable.Range(0, count).Select(node => Of(role, node, otherwise))];

    /// <summary>Refuses a file without a column.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public void Require(string reason, params ReadOnlySpan<HeadingRole> roles)
    {
        foreach (var role in roles)
            if (Has(role)) return;
        throw new UserErrorException(
            $"{path ?? "--nodes"}: {reason} needs a column '{string.Join("' or '", roles.ToArray().Select(role => role.Name))}'{(path is null ? "; there is no nodes file" : "")}.");
    }

    /// <summary>Reads a file; nothing where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">Names of nodes.</param>
    /// <param name="mayAdd">Whether it may name nodes that are not known.</param>
    /// <param name="roles">What to read.</param>
    /// <exception cref="UserErrorException">A field is wrong, a node is unknown or has two rows.</exception>
    public static NodeFields Read(string? path, NodeNames names, bool mayAdd, params ReadOnlySpan<FieldRule> roles)
    {
        var fields = new NodeFields(path);
        if (path is null) return fields;
        using var table = new HeadedTable(path);
        var nodeColumn = table.Require(HeadingRole.Node);
        var columns = new List<(int Column, FieldRule Rule)>();
        foreach (var rule in roles)
        {
            if (!table.HasApart(rule.Role, HeadingRole.Node)) continue;
            columns.Add((table.Require(rule.Role), rule));
            fields.values.Add(rule.Role, []);
        }

        var seen = new HashSet<int>();
        while (table.Next())
        {
            var node = mayAdd ? names.NumberOf(table.Text(nodeColumn)) : names.Find(table.Text(nodeColumn));
            if (node < 0) throw table.Fault(nodeColumn, "is no node of the network");
            if (!seen.Add(node)) throw table.Fault(nodeColumn, "has a row already");
            fields.Nodes.Add(node);
            foreach (var (column, rule) in columns)
                if (Value(table, column, rule) is { } value) fields.values[rule.Role][node] = value;
        }

        return fields;
    }

    private static double? Value(HeadedTable table, int column, FieldRule rule)
    {
        if (!rule.IsYesOrNo) return table.Number(column, rule.Least, rule.Most);
        if (table.Given(column) is not { } text) return null;
        if (Yes.Contains(text, StringComparer.OrdinalIgnoreCase)) return 1;
        return No.Contains(text, StringComparer.OrdinalIgnoreCase) ? 0 : throw table.Fault(column, "is neither yes nor no");
    }
}

/// <summary>What a column may hold.</summary>
/// <param name="Role">What it says.</param>
/// <param name="Least">Smallest number.</param>
/// <param name="Most">Largest number.</param>
/// <param name="IsYesOrNo">Yes or no, kept as 1 or 0.</param>
internal readonly record struct FieldRule(
    HeadingRole Role, double Least = 0, double Most = double.PositiveInfinity, bool IsYesOrNo = false);
