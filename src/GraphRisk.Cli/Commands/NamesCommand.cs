using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Contagion;
using GraphRisk.Cli.Input;
using GraphRisk.Cli.Output;
using GraphRisk.Cli.Screening;
using GraphRisk.Matching.Names;
using GraphRisk.Server.Tables;

namespace GraphRisk.Cli.Commands;

/// <summary><c>graphrisk names</c>: how alike two names are, or how well pairs of a file are told.</summary>
internal static class NamesCommand
{
    private static readonly HeadingRole Left = new("name1", "left", "name a", "name"), Right = new("name2", "right", "name b", "other"), Same = new("is match", "match", "same", "label", "truth"),
        Kind = new("schema", "kind", "type");

    public static ExampleCommand Build(Host host)
    {
        var names = new Argument<string[]>("names") { Description = "Two names, in any scripts.", Arity = new ArgumentArity(0, 2) };
        var kind = new Option<string?>("--kind") { Description = "What bears them: person, organisation or thing; found from the names where absent.", HelpName = "KIND" };
        kind.AcceptOnlyFromAmong("person", "organisation", "thing");
        var pairs = new Option<FileInfo?>("--pairs") { Description = "CSV of pairs with the columns name1, name2, match (true or false) and, where known, schema: how well they are told at the default threshold.", HelpName = "FILE" };
        var errors = new Option<FileInfo?>("--errors") { Description = "File for each pair told wrongly, CSV: the names, what they are, the score, why.", HelpName = "FILE" };
        var json = CommonOptions.Json();
        var command = new ExampleCommand("names", "Compare names as resolution and screening do: how alike, and why.",
            "names \"Щербаков Юрий\" \"Yury Shcherbakov\" --kind person",
            "names 上海华信贸易有限公司 \"Shanghai Huaxin Trading Co., Ltd.\"",
            "names --pairs samples/screening/pairs.csv")
        { names, kind, pairs, errors, json };
        command.SetAction(async (parsed, _) =>
        {
            var given = parsed.GetValue(names) ?? [];
            if (parsed.GetValue(pairs) is { } file && given.Length == 0)
            {
                using var wrong = parsed.GetValue(errors) is { } target ? new StreamWriter(target.FullName) : null;
                var told = Tell(file.FullName, wrong);
                await host.Out.WriteLineAsync(parsed.GetValue(json) ? Json.Of(told) : string.Create(
                    CultureInfo.InvariantCulture, $"{told.Pairs} pairs at {NameSimilarity.Threshold}: precision {told.Precision:0.0000}, recall {told.Recall:0.0000}, F1 {told.F1:0.0000}."));
                return ExitCode.Done;
            }

            if (given.Length != 2 || parsed.GetValue(pairs) is not null || parsed.GetValue(errors) is not null) throw new UserErrorException("Give two names, or --pairs FILE.");
            var agreement = NameSimilarity.Compare(given[0], given[1], ListFile.KindOf(parsed.GetValue(kind)));
            await host.Out.WriteLineAsync(parsed.GetValue(json) ? Json.Of(agreement) : string.Create(
                CultureInfo.InvariantCulture, $"{agreement.Score:0.000} {(agreement.IsMatch ? "likely the same" : "not the same")}: {agreement.Reason}{(agreement.Detail.Length > 0 ? $" ({agreement.Detail})" : "")}"));
            return ExitCode.Done;
        });
        return command;
    }

    private static Told Tell(string path, StreamWriter? wrong)
    {
        wrong?.WriteLine("error,name,other,kind,score,reason,detail");
        using var table = new HeadedTable(path);
        var (left, right, same) = (table.Require(Left), table.Require(Right), table.Require(Same));
        var (both, found, listed, count) = (0, 0, 0, 0);
        while (table.Next())
        {
            var kind = table.Has(Kind) ? ListFile.KindOf(table.Given(table.Require(Kind))) : NameKind.Unknown;
            var isSame = table.Text(same).ToLowerInvariant() switch { "true" or "1" or "yes" => true, "false" or "0" or "no" => false, _ => throw table.Fault(same, "is neither true nor false") };
            var agreement = NameSimilarity.Compare(table.Text(left), table.Text(right), kind);
            var isFound = agreement.IsMatch;
            if (isFound != isSame)
                wrong?.WriteLine(string.Join(',', new[]
                {
                    isFound ? "wrong" : "missed", table.Text(left), table.Text(right), $"{kind}", agreement.Score.ToString("0.000", CultureInfo.InvariantCulture), $"{agreement.Reason}", agreement.Detail,
                }.Select(CsvText.Of)));
            (both, found, listed, count) = (both + (isSame && isFound ? 1 : 0), found + (isFound ? 1 : 0), listed + (isSame ? 1 : 0), count + 1);
        }

        return new Told(count, found == 0 ? 1 : (double)both / found, listed == 0 ? 1 : (double)both / listed, found + listed == 0 ? 1 : 2.0 * both / (found + listed));
    }

    /// <summary>How well pairs were told.</summary>
    private sealed record Told(int Pairs, double Precision, double Recall, double F1);
}
