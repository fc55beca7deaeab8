using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PlaybookBuilder.Core.Database.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class JobsAhead : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterTable(
                name: "job")
                .Annotation("Npgsql:StorageParameter:fillfactor", 70);

            migrationBuilder.AddColumn<bool>(
                name: "is_begun",
                table: "job",
                type: "boolean",
                nullable: false,
                defaultValue: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "is_begun",
                table: "job");

            migrationBuilder.AlterTable(
                name: "job")
                .OldAnnotation("Npgsql:StorageParameter:fillfactor", 70);
        }
    }
}
