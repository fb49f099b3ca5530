using System.Buffers;

namespace GraphRisk.Matching.Names;

/// <summary>Names a publisher has hidden in part, such as 顾某某, 张*明, 李XX or ○○公司. They are never linked to anybody.</summary>
public static class MaskedName
{
    private static readonly SearchValues<char> Marks = SearchValues.Create("某*＊×✕●○□");
    private const string Crosses = "xXｘＸ";

    /// <summary>Whether a part of the name is hidden.</summary>
    public static bool Is(string name) => name.AsSpan().ContainsAny(Marks) || EndsInCrosses(name);

    /// <summary>A Chinese name that ends in Latin x, as in 李XX.</summary>
    private static bool EndsInCrosses(string name)
    {
        var last = name.AsSpan().LastIndexOfAnyExcept(Crosses);
        return last >= 0 && last < name.Length - 1 && HanScript.IsHan(name[last]);
    }
}
