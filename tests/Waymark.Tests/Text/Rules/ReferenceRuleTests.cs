using Xunit;

namespace Waymark.Tests.Text.Rules;

/// <summary>Rule 12; inventory GV-7.</summary>
public sealed class ReferenceRuleTests
{
    [Fact]
    public void X_41_BrokenReference_IsFound() =>
        new Checked("The team manage 1,500 a year (see Error! Reference source not found.).").Finds("reference", "Error!");

    [Fact]
    public void X_42_FigureNumberTwice_IsFound() =>
        new Checked("Figure 1: Concerns by month\n\nFigure 1: Enquiries by outcome").Finds("reference", "Concerns by month");

    [Fact]
    public void GV_7_MarkWithoutNote_IsFound() =>
        new Checked("Poverty is falling [2]. The population is growing [1].\n\nNotes\n[1] Office for National Statistics.").Finds("reference", "[2]");

    [Fact]
    public void Table_CitedButNotThere_IsFound() =>
        new Checked("As Table 3 shows, it fell.\n\nTable 1: Admissions\n\nTable 2: Reviews").Finds("reference", "Table 3");

    [Fact]
    public void References_ThatResolve_AreSilent() =>
        new Checked("As Table 1 shows, it fell [1].\n\nTable 1: Admissions\n\nNotes\n[1] Office for National Statistics.").IsSilent();
}
