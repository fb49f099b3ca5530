using System.Globalization;
using System.Text;

namespace GraphRisk.Cli.Exit;

/// <summary>Tells what an erasure would do, without the values it is about.</summary>
internal static class ErasureTelling
{
    /// <summary>For JSON.</summary>
    public static object Of(ErasureOutlook outlook) => new
    {
        version = outlook.Version,
        records = outlook.Plan.Parties.Select(id => id.ToString()),
        nodes = outlook.Plan.Nodes.GroupBy(node => node.Type).OrderBy(group => group.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count()),
        shared = outlook.Plan.Shared.Select(id => id.ToString()),
        tombstones = outlook.Plan.Tombstones,
        struck = outlook.Plan.Struck,
        soughtTexts = outlook.Plan.Sought.Texts.Length,
        ambiguousTexts = outlook.Plan.Ambiguous.Length,
        files = outlook.Files.Where(file => file.Value is not (FileFate.Stays or FileFate.Kept)).ToDictionary(file => file.Key, file => file.Value),
        holds = outlook.Holds.Select(found => new { name = found.Hold.Name, why = found.Why, until = found.Until, basis = found.Hold.Basis }),
    };

    /// <summary>For a reader.</summary>
    public static string Text(ErasureOutlook outlook)
    {
        var (plan, text) = (outlook.Plan, new StringBuilder());
        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
        Line($"Nothing was written. Would be erased of version {outlook.Version}:");
        Line($"  records      {string.Join(", ", plan.Parties)}");
        Line($"  nodes        {plan.Nodes.Length}: {string.Join(", ", plan.Nodes.GroupBy(node => node.Type).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Count()} {group.Key}"))}");
        if (plan.Shared.Length > 0) Line($"  but not      {string.Join(", ", plan.Shared)}: they belong to somebody else, too");
        Line($"  recordings   {plan.Tombstones} about it, and what tells who it is in {plan.Struck} of others ({plan.Sought.Texts.Length} texts)");
        if (plan.Ambiguous.Length > 0) Line($"  but not      {plan.Ambiguous.Length} texts that others' records say of themselves, too, outside of its own records");
        foreach (var (fate, what) in new[] { (FileFate.ScoresErased, "filed scores in"), (FileFate.RowsTaken, "rows in"), (FileFate.StruckOut, "struck out of"), (FileFate.Refused, "CANNOT be erased from") })
            foreach (var file in outlook.Files.Where(file => file.Value == fate)) Line($"  {what} {file.Key}");
        Line($"  {outlook.Files.Count(file => file.Value == FileFate.Deleted)} files that are made again");
        if (outlook.Holds.Count == 0) Line($"No legal hold forbids it.");
        foreach (var found in outlook.Holds) Line($"Forbidden by {found.Hold.Name}: {found.Why}. {found.Hold.Basis}.");
        return text.ToString().TrimEnd();
    }
}
