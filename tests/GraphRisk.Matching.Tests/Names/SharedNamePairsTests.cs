using GraphRisk.Matching.Names;
using GraphRisk.TestKit;

namespace GraphRisk.Matching.Tests.Names;

/// <summary>The names shared beside the repository: at the default threshold, and no worse than the exact comparison that came before.</summary>
public sealed class SharedNamePairsTests
{
    /// <summary>Checks decided rightly by the comparison of whole names alone, as first measured.</summary>
    private const int ChecksAtFirst = 148;

    [Test]
    public void PairsOfNamesAreToldAtTheDefaultThreshold()
    {
        var (right, wrong, missed) = (0, 0, 0);
        foreach (var line in File.ReadLines(SharedData.Require("data/er/name_pairs_dev.csv")).Skip(1))
        {
            var cells = Cells(line);
            var (found, same) = (NameSimilarity.Compare(cells[2], cells[3], KindOf(cells[1])).IsMatch, cells[4] == "true");
            if (found && same) right++;
            else if (found) wrong++;
            else if (same) missed++;
        }

        Assert.That(2.0 * right / ((2 * right) + wrong + missed), Is.GreaterThanOrEqualTo(0.94));
    }

    [Test]
    public void NoCheckOfEntitiesIsLostOnTheWhole()
    {
        var checks = EntityChecks.Read(SharedData.Require("data/er/entity_checks.yml"));
        var decided = checks.Count(check => NameSimilarity.Compare(check.Query, check.Candidate, KindOf(check.Schema)).IsMatch == check.IsMatch);
        Assert.That(checks, Has.Count.EqualTo(228));
        Assert.That(decided, Is.GreaterThanOrEqualTo(220).And.GreaterThan(ChecksAtFirst));
    }

    private static NameKind KindOf(string schema) => schema switch
    {
        "Person" => NameKind.Person,
        "Vessel" => NameKind.Thing,
        "LegalEntity" => NameKind.Unknown,
        _ => NameKind.Organisation,
    };

    private static List<string> Cells(string line)
    {
        var (cells, cell, quoted) = (new List<string>(), new System.Text.StringBuilder(), false);
        for (var at = 0; at < line.Length; at++)
        {
            if (line[at] == '"' && quoted && at + 1 < line.Length && line[at + 1] == '"') cell.Append(line[++at]);
            else if (line[at] == '"') quoted = !quoted;
            else if (line[at] == ',' && !quoted) (cells, cell) = ([.. cells, cell.ToString()], new());
            else cell.Append(line[at]);
        }

        return [.. cells, cell.ToString()];
    }
}
