using GraphRisk.Simulation.Names;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Aftermath;

/// <summary>Case numbers (案号): （year）court code, type, number, 号; brackets come in three forms.</summary>
public static class CaseNumber
{
    private static readonly string[] Brackets = ["（）", "（）", "（）", "()", "〔〕"];

    public static string Draw(Draws draws, Place court, string type, DateOnly filed)
    {
        var brackets = draws.Pick(Brackets);
        var part = draws.Chance(0.03) ? "之一" : "";
        return $"{brackets[0]}{filed.Year}{brackets[1]}{court.CourtCode}{type}{draws.Between(1, 19_999)}号{part}";
    }

    /// <summary>Of the intermediate court above: 粤03破12号.</summary>
    public static string DrawIntermediate(Draws draws, Place court, string type, DateOnly filed) =>
        $"（{filed.Year}）{court.CourtCode[..3]}{type}{draws.Between(1, 400)}号";
}
